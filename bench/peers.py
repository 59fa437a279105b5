"""The peers: installed in an environment of their own, started on loopback, ended by their id."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

from bench.client import Client
from bench.said import say

PYTHON_PEERS = ("tipg==1.6.1", "uvicorn[standard]==0.54.0", "datashader==0.19.1", "pillow")
PROGRAMS = {
    "wrk": "wrk",
    "nginx": "nginx-light",
    "mapserv": "cgi-mapserver",
    "spawn-fcgi": "spawn-fcgi",
}
ALL_POINTS = 100_000_000
UP_S = 60.0
ACCEPT_POLL_S = 0.05
GENTLE_S = 8.0


class PeerMissing(RuntimeError):
    """A peer could not be installed or does not answer; its rows are left out, with the reason."""


def peer_python(folder: Path) -> Path:
    """The interpreter of the Python peers, made and filled the first time."""
    home = folder / "peers"
    python, done = home / "bin" / "python", home / "installed"
    wanted = " ".join(PYTHON_PEERS)
    if not done.exists() or done.read_text() != wanted:
        say(f"installing {wanted}")
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(home)], check=True)
        _run([str(python), "-m", "pip", "install", "-q", *PYTHON_PEERS])
        done.write_text(wanted)
    return python


def require_programs(*names: str) -> None:
    """Install Debian's packages of programs that are missing; none of them is started by it."""
    missing = [name for name in names if _find(name) is None]
    if not missing:
        return
    packages = [PROGRAMS[name] for name in missing]
    say(f"installing {' '.join(packages)}")
    if shutil.which("apt-get") is None or os.geteuid() != 0:
        raise PeerMissing(f"as root: apt-get install --no-install-recommends {' '.join(packages)}")
    # What Debian would start after installing it is told not to.
    policy = Path("/usr/sbin/policy-rc.d")
    is_ours = not policy.exists()
    if is_ours:
        policy.write_text("#!/bin/sh\nexit 101\n")
        policy.chmod(0o755)
    try:
        _run(["apt-get", "update", "-q"])
        _run(["apt-get", "install", "-y", "-q", "--no-install-recommends", *packages])
    finally:
        if is_ours:
            policy.unlink()


def _run(command: Sequence[str]) -> None:
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    if done.returncode:
        raise PeerMissing(f"{' '.join(command[:3])}: {done.stderr.strip()[-300:]}")


def path_of(name: str) -> str:
    """Where a program is; its bare name while it is nowhere."""
    return _find(name) or name


def _find(name: str) -> str | None:
    return shutil.which(name) or shutil.which(name, path="/usr/sbin:/usr/lib/cgi-bin")


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port: int = listening.getsockname()[1]
        return port


@contextmanager
def running(
    command: Sequence[str], log: Path, *, port: int, environment: Mapping[str, str] | None = None
) -> Iterator[Client]:
    """A server as a process of its own, from when it accepts connections to the block's end."""
    told = " ".join(f"{name}={value}" for name, value in (environment or {}).items())
    say(f"$ {told} {' '.join(command)}".replace("$  ", "$ "))
    with log.open("ab") as out:
        server = subprocess.Popen(
            command,
            stdout=out,
            stderr=out,
            env=os.environ | (environment or {}),
            start_new_session=True,
        )
        try:
            _wait_for(port, server, log)
            yield Client(f"http://127.0.0.1:{port}")
        finally:
            end(server)


def end(server: subprocess.Popen[bytes]) -> None:
    """End a process that leads a session of its own, and all it started, gently for a while."""
    server.terminate()
    try:
        server.wait(GENTLE_S)
    except subprocess.TimeoutExpired:
        os.killpg(server.pid, signal.SIGKILL)
        server.wait()


def _wait_for(port: int, server: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + UP_S
    while time.monotonic() < deadline and server.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(ACCEPT_POLL_S)
        else:
            return
    raise PeerMissing(f"did not start: {log.read_text(errors='replace')[-300:]}")


@contextmanager
def tipg(folder: Path, python: Path, owner_url: str) -> Iterator[Client]:
    """TiPg as its manual runs it, a worker per core, with limits that let a tile be complete."""
    port = free_port()
    parts = urlsplit(owner_url)
    host = quote(parse_qs(parts.query)["host"][0], safe="")
    environment = {
        "DATABASE_URL": f"postgresql://{parts.username}@{host}:5432{parts.path}",
        "TIPG_DB_SCHEMAS": '["bench"]',
        "TIPG_MAX_FEATURES_PER_TILE": str(ALL_POINTS),
        "TIPG_CATALOG_TTL": "86400",
        "TIPG_TILE_BUFFER": "0",  # ours have none
    }
    command = [str(python), "-m", "uvicorn", "tipg.main:app", "--workers", "2"]
    command += ["--host", "127.0.0.1", "--port", str(port), "--log-level", "warning"]
    with running(command, folder / "tipg.log", port=port, environment=environment) as client:
        _wait_for_catalog(client)
        yield client


def _wait_for_catalog(client: Client) -> None:
    deadline = time.monotonic() + UP_S
    while time.monotonic() < deadline:
        try:
            if client.get("/collections/bench.point").status == 200:
                return
        except OSError:
            pass
        time.sleep(0.2)
    raise PeerMissing("TiPg does not serve the table")


@contextmanager
def nginx(folder: Path, *, static: Path, fastcgi: Path | None = None) -> Iterator[Client]:
    """Nginx with a worker per core: files of a folder, and MapServer behind its socket."""
    require_programs("nginx")
    port = free_port()
    text = NGINX.format(folder=folder, port=port, static=static, fastcgi=fastcgi or "/nowhere")
    (folder / "nginx.conf").write_text(text)
    command = [path_of("nginx"), "-e", str(folder / "nginx.error.log")]
    command += ["-c", str(folder / "nginx.conf"), "-g", "daemon off;"]
    with running(command, folder / "nginx.log", port=port) as client:
        yield client


NGINX = """worker_processes auto;
pid {folder}/nginx.pid;
user root;
events {{ worker_connections 1024; }}
http {{
  access_log off;
  sendfile on;
  tcp_nopush on;
  tcp_nodelay on;
  keepalive_requests 1000000;
  client_body_temp_path {folder}/nginx-tmp;
  proxy_temp_path {folder}/nginx-tmp;
  fastcgi_temp_path {folder}/nginx-tmp;
  uwsgi_temp_path {folder}/nginx-tmp;
  scgi_temp_path {folder}/nginx-tmp;
  types {{ application/vnd.mapbox-vector-tile mvt; }}
  server {{
    listen 127.0.0.1:{port};
    location / {{ root {static}; }}
    location = /mapserver {{
      fastcgi_pass unix:{fastcgi};
      fastcgi_keep_conn on;
      fastcgi_buffers 64 16k;
      fastcgi_param QUERY_STRING $query_string;
      fastcgi_param REQUEST_METHOD $request_method;
      fastcgi_param SCRIPT_NAME /mapserver;
      fastcgi_param SERVER_NAME 127.0.0.1;
      fastcgi_param SERVER_PORT {port};
      fastcgi_param SERVER_PROTOCOL $server_protocol;
      fastcgi_param MS_MAPFILE {folder}/areas.map;
    }}
  }}
}}
"""


@contextmanager
def mapserver(folder: Path, owner_url: str) -> Iterator[Client]:
    """MapServer as FastCGI, a process per core, its connection kept, behind nginx."""
    require_programs("nginx", "mapserv", "spawn-fcgi")
    parts = urlsplit(owner_url)
    host = parse_qs(parts.query)["host"][0]
    dsn = f"host={host} dbname={parts.path.strip('/')} user={parts.username}"
    (folder / "areas.map").write_text(AREAS_MAP.format(dsn=dsn))
    (folder / "mapserver.conf").write_text(MAPSERVER_CONF)
    line = folder / "mapserver.sock"
    line.unlink(missing_ok=True)
    command = [path_of("spawn-fcgi"), "-n", "-s", str(line), "-F", "2"]
    command += ["--", path_of("mapserv")]
    environment = {"MAPSERVER_CONFIG_FILE": str(folder / "mapserver.conf")}
    say(f"$ MAPSERVER_CONFIG_FILE={environment['MAPSERVER_CONFIG_FILE']} {' '.join(command)}")
    with (folder / "mapserver.log").open("ab") as log:
        server = subprocess.Popen(
            command,
            stdout=log,
            stderr=log,
            env=os.environ | environment,
            start_new_session=True,
        )
        try:
            with nginx(folder, static=folder, fastcgi=line) as client:
                yield client
        finally:
            os.killpg(server.pid, signal.SIGTERM)
            end(server)


MAPSERVER_CONF = """CONFIG
  ENV
    MS_MAP_PATTERN "."
  END
END
"""

AREAS_MAP = """MAP
  NAME "bench"
  PROJECTION
    "init=epsg:3857"
  END
  EXTENT -20037508 -20037508 20037508 20037508
  SIZE 256 256
  OUTPUTFORMAT
    NAME "mvt"
    DRIVER "MVT"
    FORMATOPTION "EXTENT=4096"
    FORMATOPTION "EDGE_BUFFER=10"
  END
  WEB
    METADATA
      "ows_enable_request" "*"
      "ows_title" "bench"
      "ows_onlineresource" "http://127.0.0.1/mapserver"
      "wms_srs" "EPSG:3857"
    END
  END
  LAYER
    NAME "area"
    TYPE POLYGON
    STATUS ON
    CONNECTIONTYPE POSTGIS
    CONNECTION "{dsn}"
    PROCESSING "CLOSE_CONNECTION=DEFER"
    DATA "geom FROM bench.border USING UNIQUE code USING SRID=3857"
    PROJECTION
      "init=epsg:3857"
    END
    METADATA
      "gml_include_items" "code"
      "wms_title" "area"
    END
    CLASS
      STYLE
        COLOR 0 0 0
      END
    END
  END
END
"""
