"""Forms of staff pages: WTForms with messages in the page's language; the token is checked by the guard."""

import json
from typing import Any

from flask import request
from wtforms import Form

from ..domain.errors import RuleBroken
from .language import _


class _Messages:
    """WTForms' own messages through our catalogues."""

    def gettext(self, string: str) -> str:
        return _(string)

    def ngettext(self, singular: str, plural: str, n: int) -> str:
        return _(singular if n == 1 else plural)


class StaffForm(Form):  # type: ignore[misc]
    """A form of a staff page, filled from the request."""

    class Meta:
        """Takes the messages from our catalogues."""

        def get_translations(self, form: Form) -> Any:
            """WTForms asks for them here."""
            return _Messages()

    @classmethod
    def of_request(cls, **defaults: Any) -> "StaffForm":
        """The form as it was sent, or with its defaults."""
        return cls(request.form if request.method == "POST" else None, **defaults)


def json_object() -> dict[str, Any]:
    """The JSON object that was sent; RuleBroken('request.media_type', 'request.bad_json') for anything else."""
    if not request.is_json:
        raise RuleBroken("request.media_type")
    try:
        sent = json.loads(request.get_data(cache=False))
    except (ValueError, RecursionError) as error:
        raise RuleBroken("request.bad_json") from error
    if not isinstance(sent, dict):
        raise RuleBroken("request.bad_json")
    return sent
