"""How a command runs: inside the application of its home, with a line on standard error for what goes wrong."""

import sys
from collections.abc import Callable
from functools import wraps
from typing import Any, NoReturn

import click


def fail(message: str) -> NoReturn:
    """Say what is wrong and leave with 1."""
    click.echo(message, err=True)
    sys.exit(1)


def with_app(command: Callable[..., Any]) -> Callable[..., Any]:
    """Run a command inside the application of this home, and turn a broken rule into a line on standard error."""

    @wraps(command)
    def wrapped(*args: Any, **kwargs: Any) -> Any:
        from ..app import create_app
        from ..domain.errors import RuleBroken

        with create_app().app_context():
            try:
                return command(*args, **kwargs)
            except RuleBroken as broken:
                fail(str(broken))

    return wrapped
