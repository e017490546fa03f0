"""Cookies that name a login: HttpOnly, SameSite=Lax; over TLS also Secure under the __Host- prefix (contract/kiosk.md)."""

from flask import Response, current_app, request

NAMES = {"seat": "seat", "desk": "desk"}


def _name(which: str) -> str:
    return f"__Host-{NAMES[which]}" if current_app.config["SECURE"] else NAMES[which]


def read_cookie(which: str) -> str | None:
    """The token that this browser holds for a seat or a desk."""
    return request.cookies.get(_name(which))


def token_in(header: str, which: str) -> str | None:
    """The same from a bare Cookie header, where there is no request of Flask's."""
    name = _name(which)
    for part in header.split(";"):
        key, _, value = part.strip().partition("=")
        if key == name:
            return value
    return None


def set_cookie(response: Response, which: str, token: str) -> Response:
    """Hand a token to the browser until it is closed."""
    response.set_cookie(
        _name(which), token, httponly=True, samesite="Lax", secure=current_app.config["SECURE"], path="/"
    )
    return response


def drop_cookie(response: Response, which: str) -> Response:
    """Take the token back."""
    response.delete_cookie(_name(which), path="/", httponly=True, samesite="Lax", secure=current_app.config["SECURE"])
    return response
