"""What an installation may choose; made once in the command line, the server's start and tests."""

import os
import secrets
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import AliasChoices, Field, SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from app.mail import Encryption, MailServer, is_address

PROJECT_DIR = Path(__file__).resolve().parent.parent


LogLevel = Literal["DEBUG", "INFO", "WARNING", "ERROR"]


class Settings(BaseSettings):
    """Environment variables with the prefix ``PETA_``, or the same names in ``.env``."""

    model_config = SettingsConfigDict(
        env_prefix="PETA_",
        env_file=PROJECT_DIR / ".env",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
    )

    database_url: SecretStr | None = None
    public_database_url: SecretStr | None = None
    state_dir: Path = PROJECT_DIR / "var"
    secret_key: SecretStr | None = None
    env: Literal["demo", "production"] = "demo"
    publication: Literal["at_once", "after_check"] | None = None
    default_city: str = "99.71"
    base_url: str | None = None
    port: Annotated[int, Field(ge=0, le=65_535)] = Field(
        8000, validation_alias=AliasChoices("PETA_PORT", "PORT")
    )
    basemap_url: str | None = None
    basemap_attribution: str | None = None
    upload_max_mb: int = 5
    list_max_mb: Annotated[int, Field(ge=1, le=1_024)] = 100
    tile_cache_mb: Annotated[int, Field(ge=0)] = 64
    smtp_host: str | None = None
    smtp_port: Annotated[int, Field(ge=1, le=65_535)] = 587
    smtp_tls: Encryption = "starttls"
    smtp_user: str | None = None
    smtp_password: SecretStr | None = None
    smtp_from: str | None = None
    trusted_proxies: Annotated[tuple[str, ...], NoDecode] = ()
    log_level: LogLevel | None = None

    @field_validator("trusted_proxies", mode="before")
    @classmethod
    def _split_at_commas(cls, value: object) -> object:
        if isinstance(value, str):
            return tuple(part.strip() for part in value.split(",") if part.strip())
        return value

    @field_validator("state_dir")
    @classmethod
    def _make_absolute(cls, value: Path) -> Path:
        return value.expanduser().absolute()

    @model_validator(mode="after")
    def _require_key_in_production(self) -> Self:
        if self.env == "production" and self.secret_key is None:
            raise ValueError("PETA_SECRET_KEY must be set when PETA_ENV is production")
        return self

    @model_validator(mode="after")
    def _require_what_letters_name(self) -> Self:
        if self.smtp_host is None:
            return self
        if self.smtp_from is None or not is_address(self.smtp_from):
            raise ValueError("PETA_SMTP_FROM must be an e-mail address when PETA_SMTP_HOST is set")
        if self.base_url is None:
            raise ValueError("PETA_BASE_URL must be set when PETA_SMTP_HOST is: letters lead there")
        return self

    @property
    def mail_server(self) -> MailServer | None:
        """Where e-mail is handed in; None: none is sent."""
        if self.smtp_host is None or self.smtp_from is None:
            return None
        password = self.smtp_password
        return MailServer(
            host=self.smtp_host,
            port=self.smtp_port,
            encryption=self.smtp_tls,
            sender=self.smtp_from,
            user=self.smtp_user,
            password=None if password is None else password.get_secret_value(),
        )

    def logs_from(self, *, to_person: bool) -> LogLevel:
        """The least that is logged: unless it was chosen, a person is spared what is well."""
        return self.log_level or ("WARNING" if to_person else "INFO")

    @property
    def publishes_at_once(self) -> bool:
        """Whether a new usulan is public before anyone has looked at it."""
        if self.publication is None:
            return self.env == "demo"
        return self.publication == "at_once"


def secret_key(settings: Settings) -> bytes:
    """The installation's secret; made and kept in the state folder on first use."""
    if settings.secret_key is not None:
        return settings.secret_key.get_secret_value().encode()
    path = settings.state_dir / "secret_key"
    if not path.exists():
        _add_secret_key(path)
    return path.read_bytes().strip()


def _add_secret_key(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_hex(32))
    try:
        os.link(draft, path)  # fails when another process was first; then its key counts
    except FileExistsError:
        pass
    finally:
        draft.unlink()
