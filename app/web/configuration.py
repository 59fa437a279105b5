"""What a page must know of the installation before it asks for anything else."""

from fastapi import APIRouter
from pydantic import BaseModel
from starlette.responses import Response

from app.dependencies import Settings
from app.responses import found, problems
from app.web.answers import json_answer

router = APIRouter(prefix="/api/v1", tags=["umum"])


class Basemap(BaseModel):
    """An outside map beneath ours, with the attribution it asks for."""

    url: str
    attribution: str


class Configuration(BaseModel):
    default_city: str
    languages: list[str]
    basemap: Basemap | None
    demo: bool
    upload_max_mb: int
    list_max_mb: int


@router.get("/config", responses=found(Configuration) | problems())
async def get_configuration(settings: Settings) -> Response:
    """The default city, the languages and the base map of this installation."""
    basemap = {"url": settings.basemap_url, "attribution": settings.basemap_attribution or ""}
    return json_answer(
        {
            "default_city": settings.default_city,
            "languages": ["id", "en"],
            "basemap": basemap if settings.basemap_url else None,
            "demo": settings.env == "demo",
            "upload_max_mb": settings.upload_max_mb,
            "list_max_mb": settings.list_max_mb,
        }
    )
