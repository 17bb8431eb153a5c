"""Logging in: where it leads, and what stops guessing."""

from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from config.login import ATTEMPTS, MINUTES

LOGINS = ["/accounts/login/", "/admin/login/"]


@pytest.fixture(autouse=True)
def nobody_has_tried_yet() -> None:
    cache.clear()


def attempt(path: str, password: str, *, address: str = "192.0.2.1") -> Any:
    return Client().post(path, {"username": "admin", "password": password}, REMOTE_ADDR=address)


def messages(answer: Any) -> list[str]:
    return answer.context["form"].non_field_errors()


@pytest.mark.parametrize("path", LOGINS)
def test_right_password_lets_in(path: str, admin_user: Any) -> None:
    assert attempt(path, "password").status_code == 302


@pytest.mark.parametrize("path", LOGINS)
def test_too_many_wrong_passwords_close_the_door_to_the_right_one(
    path: str, admin_user: Any
) -> None:
    for _ in range(ATTEMPTS):
        assert "Too many" not in str(messages(attempt(path, "wrong")))
    assert messages(attempt(path, "password")) == [
        f"Too many wrong passwords. Wait {MINUTES} minutes, then try again."
    ]
    # The real editor, elsewhere, is not locked out by somebody else's guessing.
    assert attempt(path, "password", address="192.0.2.2").status_code == 302


def test_behind_a_proxy_the_visitor_counts_and_not_the_proxy(
    admin_user: Any, settings: Any
) -> None:
    settings.HTTPS = True

    def through_proxy(password: str, *, forwarded: str) -> Any:
        return Client().post(
            LOGINS[0],
            {"username": "admin", "password": password},
            REMOTE_ADDR="127.0.0.1",
            headers={"X-Forwarded-For": forwarded},
        )

    for number in range(ATTEMPTS):
        # What stands before the last address is the visitor's own invention.
        through_proxy("wrong", forwarded=f"198.51.100.{number}, 192.0.2.1")
    assert "Too many" in str(messages(through_proxy("password", forwarded="192.0.2.1")))
    assert through_proxy("password", forwarded="192.0.2.2").status_code == 302


def test_right_password_forgets_the_wrong_ones(admin_user: Any) -> None:
    for _ in range(2):
        for _ in range(ATTEMPTS - 1):
            attempt(LOGINS[0], "wrong")
        assert attempt(LOGINS[0], "password").status_code == 302


def test_login_leads_to_no_other_site(admin_user: Any) -> None:
    answer = Client().post(
        "/accounts/login/?next=https://elsewhere.example/",
        {"username": "admin", "password": "password"},
    )
    assert answer.headers["Location"] == "/"
