"""The fast lane: an answer that is in order is saved without Flask's request machinery, which costs more than the saving.

The lane decides nothing: whatever is unusual in any way (no login, a wrong token, another kind of body) takes the ordinary road to
`views.answer`, and a rule that was broken is handed on to it, to be answered there like any other.
"""

import io
import json
import re
from collections.abc import Callable, Iterable
from typing import Any, Final

from flask import Flask

from ..accounts import logins
from ..web.cookies import token_in
from . import saving
from .saving import Bearer, NotRecognised

ADDRESS: Final = re.compile(r"/exam/attempts/([0-9a-f]{32})/answers/([1-9][0-9]{0,3})")
LARGEST_BODY: Final = 8_192
REFUSED: Final = "examsys.refused"  # in the WSGI environment: the exception that the view is to raise
Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


class AnswerLane:
    """A WSGI layer that saves answers itself and hands on everything else."""

    def __init__(self, app: Flask, otherwise: Wsgi) -> None:
        self.app, self.otherwise = app, otherwise

    def __call__(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        """One request."""
        match = ADDRESS.fullmatch(environ["PATH_INFO"]) if environ["REQUEST_METHOD"] == "PUT" else None
        receipt = self._saved(match[1], int(match[2]), environ) if match else None
        if receipt is None:
            return self.otherwise(environ, start)
        start("200 OK", [("Content-Type", "application/json"), ("Content-Length", str(len(receipt)))])
        return [receipt]

    def _saved(self, attempt_id: str, position: int, environ: dict[str, Any]) -> bytes | None:
        """The receipt, or None where the ordinary road is to be taken."""
        length = environ.get("CONTENT_LENGTH") or ""
        if not (
            length.isdecimal() and int(length) <= LARGEST_BODY and environ.get("CONTENT_TYPE") == "application/json"
        ):
            return None
        with self.app.app_context():
            token = token_in(environ.get("HTTP_COOKIE", ""), "seat")
            if not token:
                return None
            sent = environ["wsgi.input"].read(int(length))
            environ["wsgi.input"] = io.BytesIO(sent)
            try:
                body = json.loads(sent)
                if not isinstance(body, dict):
                    return None
                terminal = Bearer(logins.login_id_of(token), environ.get("HTTP_X_CSRF_TOKEN", ""))
                kept = saving.save_answer(attempt_id, position, body.get("options"), body.get("seq"), terminal)
            except (ValueError, RecursionError, NotRecognised):
                return None  # the ordinary road says what is wrong with it
            except Exception as error:
                environ[REFUSED] = error
                return None
        return saving.told(kept, position)
