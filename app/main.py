"""The web application: routers, refusals and what every answer passes through."""

import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from typing import Any

from fastapi import FastAPI
from starlette.middleware import Middleware

from app.accounts.key_routes import router as keys
from app.accounts.officer_routes import router as officers
from app.accounts.passwords import Passwords
from app.accounts.routes import router as accounts
from app.addresses import ANY_FILE
from app.areas.routes import router as areas
from app.cities.recent import RecentCities
from app.cluster import DatabaseUrls
from app.cluster.revisions import newest_revision
from app.database import Database, open_database
from app.heat.hexagons import HexagonReader
from app.heat.land import Lands
from app.heat.routes import router as hexagons
from app.heat.routes import routes as heat
from app.heat.views import HeatViews
from app.lasting import lasting
from app.loads.desk import LoadDesk
from app.loads.orders import Bench
from app.loads.refused import long_cells
from app.loads.routes import UPLOAD
from app.loads.routes import router as loads
from app.loads.sweep import sweep_until_ended as sweep_loads
from app.memory import give_back_at_rest, program_set_aside
from app.moderation.routes import reporters
from app.moderation.routes import router as moderation
from app.notices.sending import Post, send_until_ended
from app.openapi import describe
from app.places.routes import router as places
from app.privacy.retention import retain_until_ended
from app.privacy.routes import router as privacy
from app.problems import HANDLERS
from app.resident.shelf import Shelf
from app.resident.sweep import sweep_every_hour
from app.seals.sealing import seal_every_minute
from app.settings import PROJECT_DIR, Settings, secret_key
from app.standby import LastRead, Presence
from app.statistics.routes import router as statistics
from app.submission.desk import SubmissionDesk
from app.submission.routes import router as submission
from app.tiles.cache import TileCache
from app.tiles.desk import TileDesk
from app.tiles.frames import Frames
from app.tiles.lane import DrawnAtOnce, ShortWay
from app.tiles.routes import routes as tiles
from app.usulan.ahead import Ahead
from app.usulan.filters import LISTS
from app.usulan.routes import lists
from app.usulan.routes import router as usulan
from app.web.configuration import router as configuration
from app.web.docs import docs_page
from app.web.headers import SecurityHeaders, security_headers
from app.web.health import healthz, metrics, readyz
from app.web.limits import BodyLimit, CrowdLimit
from app.web.logs import configure_logs
from app.web.observe import Measures, Observe
from app.web.packing import Packing
from app.web.pages import PAGES, Pages
from app.web.repeats import SaidOnce
from app.web.routing import HeadAsGet, PlainRoute

ROUTERS = (
    configuration,
    accounts,
    areas,
    hexagons,
    keys,
    loads,
    officers,
    moderation,
    places,
    privacy,
    reporters,
    statistics,
    submission,
    lists,
    usulan,
)
FIRST = (submission, lists)


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    configure_logs(app.state.settings.logs_from(to_person=sys.stderr.isatty()))
    state = app.state
    works = {
        "sweep": partial(sweep_every_hour, state.database),
        "seals": partial(seal_every_minute, state.database),
        "index": partial(state.shelf.keep, state.settings.default_city),
        "memory": partial(give_back_at_rest),
        "loads": partial(state.loads.work_until_ended),
        "old loads": partial(sweep_loads, state.database, state.loads.bench),
        "retention": partial(retain_until_ended, state.database),
        "notices": partial(send_until_ended, post_of(state.settings, state.database, state.secret)),
    }
    with program_set_aside(), long_cells():
        async with lasting(works):
            yield
    await end_work(app)


def post_of(settings: Settings, database: Database, secret: bytes) -> Post:
    """What letters are made of, and who takes them."""
    return Post(database, settings.base_url or "", settings.mail_server, secret)


async def end_work(app: FastAPI) -> None:
    """End what requests have begun: first what asks, then whom it asks, at last the connections."""
    state = app.state
    for part in (
        state.tiles,
        state.tile_cache,
        state.heat,
        state.ahead,
        state.cities,
        state.submissions,
        state.shelf,
    ):
        await part.close()
    await state.database.close()


def create_app(settings: Settings, urls: DatabaseUrls) -> FastAPI:
    """One application over one database; nothing connects before the first request."""
    measures = Measures()
    database = open_database(urls.staff, urls.public)
    shelf, cities, lands = Shelf(database), RecentCities(database), Lands()
    presence = Presence()
    tile_cache = TileCache(settings.tile_cache_mb * 1_000_000)
    desk = TileDesk(database, shelf, cities, cache=tile_cache, presence=presence)
    app = FastAPI(
        title="Peta Usulan",
        version="1",
        openapi_url="/api/openapi.json",
        docs_url=None,
        redoc_url=None,
        lifespan=_lifespan,
        redirect_slashes=False,
        exception_handlers=dict(HANDLERS),
        middleware=_middleware(settings, measures, desk),
    )
    app.state.settings = settings
    app.state.secret = secret_key(settings)
    app.state.passwords = Passwords()
    app.state.database = database
    app.state.shelf = shelf
    app.state.ahead = Ahead(database, shelf)
    app.state.presence = presence
    app.state.heat = HeatViews(database, lands)
    app.state.hexagons = HexagonReader(lands)
    app.state.cities = cities
    app.state.submissions = SubmissionDesk(database, cities)
    app.state.loads = LoadDesk(database, Bench(urls.staff, str(settings.state_dir)))
    app.state.frames = Frames()
    app.state.read_before = LastRead[list[dict[str, Any]]]()
    app.state.tile_cache = tile_cache
    app.state.tiles = desk
    app.state.newest_revision = newest_revision()
    app.state.measures = measures
    _add_routes(app)
    return app


def _add_routes(app: FastAPI) -> None:
    """All addresses, described in the order of `ROUTERS`; `FIRST` and heat maps are tried first.

    The framework looks at every address before the right one, at sixty for a late one, and that
    was a quarter of what a process worked for a submission, and 0.1 ms of any other.
    """
    routes, pictures, first = app.router.routes, heat(), []
    for router in ROUTERS:
        app.include_router(router)
        if router in FIRST:
            first.append(routes[-1])
    # Before the tiles, whose addresses would match too.
    routes.extend((*pictures, *tiles(), *_plain_routes()))
    describe(app, tuple(routes))
    routes.sort(key=lambda route: route not in (*first, *pictures))


def _middleware(settings: Settings, measures: Measures, desk: TileDesk) -> list[Middleware]:
    """What every request goes through, the outermost first."""
    headers = security_headers(settings)
    return [
        Middleware(ShortWay, desk=desk, headers=headers, measures=measures),
        # Outside the last net, so that its answers carry the headers too.
        Middleware(SecurityHeaders, headers=headers),
        Middleware(Observe, measures=measures),
        Middleware(DrawnAtOnce, desk=desk),
        Middleware(HeadAsGet),
        Middleware(SaidOnce, lists=LISTS | {"by"}),
        Middleware(Packing),
        Middleware(BodyLimit, spooled={UPLOAD}),
        Middleware(CrowdLimit),
    ]


def _plain_routes() -> list[PlainRoute]:
    pages = Pages(PROJECT_DIR / "frontend" / "dist")
    return [
        PlainRoute("/healthz", healthz),
        PlainRoute("/readyz", readyz),
        PlainRoute("/metrics", metrics),
        PlainRoute("/api/docs", docs_page),
        *(PlainRoute(path, pages.page) for path in PAGES),
        PlainRoute(ANY_FILE, pages.asset),
    ]
