import stat

import pytest
from pydantic import ValidationError

from app.settings import Settings, secret_key


def settings(**chosen) -> Settings:
    return Settings(_env_file=None, **chosen)


def test_a_key_is_made_once_and_kept_private(tmp_path):
    first = secret_key(settings(state_dir=tmp_path))

    second = secret_key(settings(state_dir=tmp_path))

    assert first == second
    assert len(first) == 64
    assert stat.S_IMODE((tmp_path / "secret_key").stat().st_mode) == 0o600


def test_two_installations_have_different_keys(tmp_path):
    first = secret_key(settings(state_dir=tmp_path / "a"))

    assert secret_key(settings(state_dir=tmp_path / "b")) != first


def test_production_refuses_to_start_without_a_key_of_its_own():
    with pytest.raises(ValidationError, match="PETA_SECRET_KEY"):
        settings(env="production")


@pytest.mark.parametrize(
    ("env", "publication", "at_once"),
    [
        ("demo", None, True),
        ("production", None, False),
        ("demo", "after_check", False),
        ("production", "at_once", True),
    ],
)
def test_publication_follows_the_kind_of_installation_unless_chosen(env, publication, at_once):
    chosen = settings(env=env, publication=publication, secret_key="k")

    assert chosen.publishes_at_once is at_once


@pytest.mark.parametrize(
    ("chosen", "to_person", "least"),
    [(None, True, "WARNING"), (None, False, "INFO"), ("DEBUG", True, "DEBUG")],
)
def test_a_person_at_a_terminal_is_spared_what_is_well_unless_it_was_asked_for(
    chosen, to_person, least
):
    assert settings(log_level=chosen).logs_from(to_person=to_person) == least


def test_settings_come_from_the_environment_and_empty_means_unset(monkeypatch):
    monkeypatch.setenv("PETA_TRUSTED_PROXIES", "10.0.0.1, 10.0.0.2")
    monkeypatch.setenv("PETA_DATABASE_URL", "")

    chosen = settings()

    assert chosen.trusted_proxies == ("10.0.0.1", "10.0.0.2")
    assert chosen.database_url is None


def test_a_setting_cannot_be_changed_later(tmp_path):
    chosen = settings(state_dir=tmp_path)

    with pytest.raises(ValidationError):
        chosen.upload_max_mb = 500


@pytest.mark.parametrize(
    ("missing", "named"),
    [
        ({"smtp_from": None}, "SMTP_FROM"),
        ({"smtp_from": "a@b\r\nBcc: c@d"}, "SMTP_FROM"),
        ({"base_url": None}, "BASE_URL"),
    ],
)
def test_a_mail_server_needs_a_sender_and_an_address_that_letters_lead_to(missing, named):
    chosen = {"smtp_host": "127.0.0.1", "smtp_from": "a@b.id", "base_url": "https://peta.id"}

    with pytest.raises(ValidationError, match=named):
        settings(**chosen | missing)

    assert settings(**chosen).mail_server.port == 587
    assert settings().mail_server is None
