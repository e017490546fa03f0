"""Makes a formal site: its top unit and its first security administrator, who grants all further posts."""

import secrets

from .accounts import logins
from .accounts import service as accounts
from .clock import now
from .domain.access import Role
from .domain.dates import beijing_day
from .domain.identity import id_check_digit

NOBODY = "99000019700101001"  # the first administrator is a function, not yet a named person


def make_formal_site(site_id: int, name_zh: str, name_bo: str, profile: str) -> str:
    """Make the site and return the administrator's password, which is kept nowhere else."""
    accounts.make_site(site_id, name_zh, name_bo, profile)
    unit = accounts.make_unit("detachment", "5133", name_zh, name_bo, None, None)
    person = accounts.make_person(NOBODY + id_check_digit(NOBODY), "安全管理员")
    accounts.grant_post(person, unit, Role.SECURITY_ADMIN, "GL-0001", beijing_day(now().wall).isoformat())
    password = secrets.token_urlsafe(15)
    logins.make_account(person, "admin", password)
    return password
