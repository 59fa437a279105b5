"""Every table of the application, one file each; import them from here."""

from app.models.account import Account, Attempt, Invitation, RoleGrant, SavedFilter, SignIn
from app.models.api_key import ApiKey
from app.models.area import Area, BoundaryEdition
from app.models.base import Base
from app.models.base_feature import BaseFeature
from app.models.category import Category
from app.models.change import Change
from app.models.city import City, Holiday
from app.models.edition import AreaCounterpart, AreaCrosswalk, OtherPlace
from app.models.list_load import ListLoad
from app.models.map_source import MapSource
from app.models.notice import Notice
from app.models.outline import Outline
from app.models.seal import Seal
from app.models.submission import Submission
from app.models.usulan import Answer, FormerPlace, Proposer, Redaction, Usulan
from app.models.usulan_event import UsulanEvent

__all__ = [
    "Account",
    "Answer",
    "ApiKey",
    "Area",
    "AreaCounterpart",
    "AreaCrosswalk",
    "Attempt",
    "Base",
    "BaseFeature",
    "BoundaryEdition",
    "Category",
    "Change",
    "City",
    "FormerPlace",
    "Holiday",
    "Invitation",
    "ListLoad",
    "MapSource",
    "Notice",
    "OtherPlace",
    "Outline",
    "Proposer",
    "Redaction",
    "RoleGrant",
    "SavedFilter",
    "Seal",
    "SignIn",
    "Submission",
    "Usulan",
    "UsulanEvent",
]
