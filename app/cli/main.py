"""The command `peta`. Each noun is imported when it is used, so that `peta --help` is quick."""

import logging
import signal
import sys
from importlib import import_module
from typing import Any

import typer
from typer._click.exceptions import UsageError
from typer.core import TyperGroup

from app.cli.failures import reason_of, unfinished
from app.cli.output import complain
from app.cli.usage import HELP_OPTION, asks_for_help, explained, speak_indonesian, wrong_usage
from app.interrupts import hear_interrupts

NOUNS = {
    "db": "Basis data: menyalakan, memutakhirkan skema, mencadangkan.",
    "city": "Kota dan kabupaten dalam instalasi ini.",
    "boundaries": "Batas wilayah dari berkas.",
    "population": "Jumlah penduduk dan KK tiap wilayah.",
    "base": "Peta dasar sendiri: jalan, sungai, rel, dan tempat.",
    "usulan": "Usulan dari berkas.",
    "account": "Akun petugas dan perannya.",
    "data": "Data pribadi: berapa lama disimpan.",
    "demo": "Kota contoh, rekaan seluruhnya.",
}
INTERRUPTED = 130
"""Exit status after Ctrl-C, as shells have it: 128 and the number of the signal."""


class Noun(TyperGroup):
    """A group whose commands stand in app/cli/<name>.py."""

    def _loaded(self) -> TyperGroup:
        return typer.main.get_group(import_module(f"app.cli.{self.name}").app)

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ANN401 - Typer keeps its type private
        """Names of the commands of this noun."""
        return self._loaded().list_commands(ctx)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ANN401 - as above
        """One command of this noun, or None."""
        return explained(self._loaded().get_command(ctx, cmd_name), ctx)


class Peta(TyperGroup):
    """The nouns beside the commands declared in this file."""

    def __init__(self, **attributes: Any) -> None:
        super().__init__(**attributes)
        for name, meaning in NOUNS.items():
            self.commands[name] = Noun(name=name, help=meaning, no_args_is_help=True)

    def get_help_option(self, ctx: Any) -> Any:  # noqa: ANN401 - as above
        """What asks for the page of all nouns."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = HELP_OPTION
        return option

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ANN401 - as above
        """One noun, one command without a noun, or None."""
        return explained(super().get_command(ctx, cmd_name), ctx)


app = typer.Typer(
    cls=Peta,
    help="Pemetaan usulan warga: dari pin di peta sampai keputusan.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


@app.callback()
def _peta() -> None:
    """Pemetaan usulan warga: dari pin di peta sampai keputusan."""


@app.command()
def serve(
    host: str = typer.Option("127.0.0.1", help="Alamat yang dilayani."),
    port: int | None = typer.Option(
        None,
        min=0,
        max=65535,
        help="Porta; 0 memilih yang bebas. Tanpa ini menurut PETA_PORT atau PORT, atau 8000.",
    ),
    workers: int = typer.Option(1, min=1, help="Jumlah proses yang melayani."),
) -> None:
    """Layani halaman dan API sampai Ctrl-C."""
    from app.cli.serve import serve_until_stopped

    serve_until_stopped(host=host, port=port, workers=workers)


@app.command()
def check(
    as_json: bool = typer.Option(False, "--json", help="Satu objek JSON, untuk program."),
) -> None:
    """Periksa pemasangan ini: pengaturan, basis data, peran, dan tiap angka dengan hitung ulang."""
    from app.cli.check import check_installation

    check_installation(as_json=as_json)


def main() -> None:
    """Run, and end with 0 done, 1 nothing was done (the reason on stderr), 2 wrong usage."""
    hear_interrupts()
    logging.getLogger("psycopg").addHandler(logging.NullHandler())  # it tells losses that we tell
    if asks_for_help(sys.argv[1:]):
        speak_indonesian()
    try:
        status = app(standalone_mode=False)
    except UsageError as wrong:
        complain(wrong_usage(wrong))
        sys.exit(2)
    except (KeyboardInterrupt, typer.Abort):
        _tell_interrupted()
        sys.exit(INTERRUPTED)
    except Exception as error:
        if not _is_expected(error):
            raise
        complain(reason_of(error))
        sys.exit(1)
    if status == INTERRUPTED:  # Typer ends so after Ctrl-C, without a word
        _tell_interrupted()
    sys.exit(status or 0)


def _tell_interrupted() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a second Ctrl-C has nothing left to end
    complain(f"Dihentikan. {unfinished(sys.argv[1:])}")


def _is_expected(error: Exception) -> bool:
    """Whether the message alone tells a person what to do; anything else is a bug of ours."""
    from psycopg import OperationalError
    from pydantic import ValidationError
    from sqlalchemy.exc import OperationalError as SqlalchemyOperationalError

    from app.cluster.errors import BackupRefused, ClusterError
    from app.errors import DomainError
    from spatial.errors import SpatialError

    expected = (
        BackupRefused,
        ClusterError,
        DomainError,
        OSError,
        OperationalError,
        SpatialError,
        SqlalchemyOperationalError,
        ValidationError,
    )
    return isinstance(error, expected)
