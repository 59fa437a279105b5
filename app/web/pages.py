"""The built pages: read from one folder, compressed when they were built, cached by their names."""

import mimetypes
import re
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from app.errors import NotFound
from app.web.answers import is_known, not_modified

PAGES: Mapping[str, str] = {
    "/": "index.html",
    "/lapor": "lapor.html",
    "/lacak": "lacak.html",
    "/perencana": "perencana.html",
    "/masuk": "masuk.html",
    "/akun": "akun.html",
    "/kerja": "kerja.html",
    "/muat": "muat.html",
}
_MISSING_PAGE = "404.html"
# What a person copies from a list or a letter; the map opens on it, in the city of its code.
_ON_MAP = {
    "usulan": re.compile(r"usulan/((\d\d\.\d\d)-\d{4}-[0-9A-Z]{6})", re.IGNORECASE | re.ASCII),
    "area": re.compile(r"wilayah/((\d\d\.\d\d)(?:\.\d\d(?:\.\d{4}(?:-\d{3}){0,2})?)?)", re.ASCII),
}
# A code that somebody typed behind the page's address is moved to where no other server gets it.
_FOLLOWED = re.compile(r"lacak/([0-9A-Za-z -]{1,52})", re.ASCII)
# Addresses that programs ask for; a browser that follows a link to one gets the problem too.
_OF_PROGRAMS = ("api/", "tiles/", "assets/", "swagger/")
_HASHED_FOLDER = "assets/"
_FOREVER = "public, max-age=31536000, immutable"
_COPIES = (("br", ".br"), ("gzip", ".gz"))
# Told apart by us, not by whatever the machine's own table says.
_TYPES = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".ico": "image/x-icon",
    ".json": "application/json",
    ".webmanifest": "application/manifest+json",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
    ".txt": "text/plain; charset=utf-8",
}


@dataclass(frozen=True, slots=True)
class BuiltFile:
    """One file of the build, with the copies that lie beside it."""

    path: Path
    name: str
    tag: str
    encodings: tuple[str, ...]

    @property
    def content_type(self) -> str:
        known = _TYPES.get(self.path.suffix)
        return known or mimetypes.guess_type(self.path.name)[0] or "application/octet-stream"

    @property
    def cache_control(self) -> str:
        return _FOREVER if self.name.startswith(_HASHED_FOLDER) else "no-cache"


class Pages:
    """The files that exist when the application starts: no address can name another."""

    def __init__(self, folder: Path) -> None:
        self._files = {file.name: file for file in _built_files(folder)}

    async def page(self, request: Request) -> Response:
        """A page by its address; for `Route`."""
        return self._answer(request, PAGES[request.url.path])

    async def asset(self, request: Request) -> Response:
        """Any other file of the build by its name; for `Route`."""
        name = request.path_params["name"]
        shown = _map_address(name)
        if shown is not None:
            # For now: such a thing may get a page of its own.
            return RedirectResponse(shown, 307)
        code = _FOLLOWED.fullmatch(name)
        if code:
            return RedirectResponse(f"/lacak#{code[1].replace(' ', '-')}", 307)
        if name not in self._files and _is_read_by_people(request, name):
            missing = self._files.get(_MISSING_PAGE)
            if missing is not None:
                headers = {"Cache-Control": "no-store", "Vary": "Accept"}
                body = missing.path.read_bytes()
                return Response(body, 404, headers, media_type=missing.content_type)
        return self._answer(request, name)

    def _answer(self, request: Request, name: str) -> Response:
        file = self._files.get(name)
        if file is None:
            raise NotFound
        encoding = _best_encoding(request.headers.get("Accept-Encoding", ""), file.encodings)
        tag = f'"{file.tag}{"-" + encoding if encoding else ""}"'
        headers = {"Cache-Control": file.cache_control, "Vary": "Accept-Encoding", "ETag": tag}
        if is_known(request, tag):
            return not_modified(tag, headers)
        if encoding:
            headers["Content-Encoding"] = encoding
        body = _copy(file.path, encoding).read_bytes()
        return Response(body, 200, headers, media_type=file.content_type)


def _map_address(name: str) -> str | None:
    """Where the map shows what an address names; None where it names nothing of the map."""
    for entry, pattern in _ON_MAP.items():
        found = pattern.fullmatch(name)
        if found:
            code, city = found.groups()
            return f"/?city={city}&{entry}={code.upper()}"
    return None


def _is_read_by_people(request: Request, name: str) -> bool:
    """True where a browser asks for something to show, not a program for something to read."""
    wants_page = "text/html" in request.headers.get("Accept", "")
    return wants_page and not name.startswith(_OF_PROGRAMS)


def _built_files(folder: Path) -> list[BuiltFile]:
    copies = tuple(suffix for _, suffix in _COPIES)
    return [
        BuiltFile(
            path,
            path.relative_to(folder).as_posix(),
            blake2b(path.read_bytes(), digest_size=12).hexdigest(),
            tuple(name for name, _ in _COPIES if _copy(path, name).exists()),
        )
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.endswith(copies)
    ]


def _copy(path: Path, encoding: str | None) -> Path:
    suffix = dict(_COPIES).get(encoding or "", "")
    return path.with_name(path.name + suffix)


def _best_encoding(accepted: str, there: tuple[str, ...]) -> str | None:
    wishes = [part.strip().partition(";") for part in accepted.split(",")]
    wanted = {name.strip() for name, _, rest in wishes if rest.replace(" ", "") != "q=0"}
    return next((name for name in there if name in wanted), None)
