"""A certificate for this machine that a test may trust, made anew each time."""

import ssl
import subprocess
from pathlib import Path
from typing import NamedTuple


class Certificate(NamedTuple):
    """A certificate signed by itself, and its key."""

    public: Path
    key: Path

    def serving(self) -> ssl.SSLContext:
        """What a server shows."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.public, self.key)
        return context


def made_certificate(folder: Path, *, name: str = "IP:127.0.0.1") -> Certificate:
    """A certificate for a name, valid from now for a day; by `openssl`, which PostgreSQL brings."""
    made = Certificate(folder / "public.pem", folder / "key.pem")
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"),
            *("-nodes", "-days", "1", "-subj", "/CN=contoh", "-addext", f"subjectAltName={name}"),
            *("-out", str(made.public), "-keyout", str(made.key)),
        ],
        check=True,
        capture_output=True,
    )
    return made
