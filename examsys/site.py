"""Makes a formal site: its top unit and its first security administrator; then, from a file, its offices, rooms and staff."""

import os
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Annotated, Any

import yaml
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from .accounts import logins, passwords
from .accounts import service as accounts
from .clock import now
from .db import here
from .domain.access import Role
from .domain.dates import beijing_day
from .domain.identity import id_check_digit, valid_id_number
from .invigilation import service as invigilation

NOBODY = "99000019700101001"  # the first administrator is a function, not yet a named person


def make_formal_site(site_id: int, name_zh: str, name_bo: str, profile: str) -> str:
    """Make the site and return the administrator's password, which is kept nowhere else."""
    accounts.make_site(site_id, name_zh, name_bo, profile)
    unit = accounts.make_unit("detachment", "5133", name_zh, name_bo, None, None)
    person = accounts.make_person(NOBODY + id_check_digit(NOBODY), "安全管理员")
    accounts.grant_post(person, unit, Role.SECURITY_ADMIN, "GL-0001", beijing_day(now().wall).isoformat())
    password = passwords.first_password()
    logins.make_account(person, "admin", password, must_change=True)
    return password


# -- what a file may say -------------------------------------------------------------------------------------


def _borne(text: str) -> str:
    if not valid_id_number(text):
        raise ValueError("is no ID number")
    return text


Words = Annotated[str, StringConstraints(min_length=1, max_length=80, pattern=r"^\S(.*\S)?$")]
Tibetan = Annotated[str, StringConstraints(min_length=1, max_length=160, pattern=r"^\S(.*\S)?$")]
Code = Annotated[str, StringConstraints(pattern=r"^[0-9A-Z-]{1,20}$")]
Username = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9._-]{0,39}$")]
IdNumber = Annotated[str, AfterValidator(_borne)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Office(_Part):
    """An office: its code, by which the file names it, and its name in both languages."""

    code: Code
    zh: Words
    bo: Tibetan


class Agency(Office):
    """An agency with its exam room; `under` is the code of the office that watches it."""

    under: Code
    room_zh: Words
    room_bo: Tibetan
    seats: Annotated[int, Field(ge=1, le=500)]


class Member(_Part):
    """A member of staff with one post; `number` is the post number that papers print."""

    role: Role
    unit: Code
    name: Words
    name_bo: str = ""
    number: Annotated[str, StringConstraints(pattern=r"^\S{1,20}$")]
    id_number: IdNumber
    username: Username


class Furnishing(_Part):
    """A whole file. All codes may also name offices that the site has already; those in the file are new."""

    vmo: Office | None = None
    brigades: tuple[Office, ...] = ()
    scenic: tuple[Office, ...] = ()
    agencies: tuple[Agency, ...] = ()
    staff: tuple[Member, ...] = ()

    @property
    def offices(self) -> tuple[Office, ...]:
        """All offices that are to be made."""
        return (*((self.vmo,) if self.vmo else ()), *self.brigades, *self.scenic, *self.agencies)


class FileRefusedError(Exception):
    """The file can't be taken; `faults` names every one, and shows no ID number."""

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = tuple(faults)


def read_furnishing(text: str) -> Furnishing:
    """A file's furnishing; FileRefusedError."""
    try:
        return Furnishing.model_validate(yaml.safe_load(text))
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        raise FileRefusedError([f"line {line}: {error.problem}"]) from None
    except yaml.YAMLError:
        raise FileRefusedError(["the file is not YAML"]) from None
    except ValidationError as error:
        raise FileRefusedError([_named(each) for each in error.errors(include_input=False)]) from None


def _named(fault: Any) -> str:
    return f"{'.'.join(str(step) for step in fault['loc']) or 'the file'}: {fault['msg']}"


# -- furnishing ----------------------------------------------------------------------------------------------


def furnish(told: Furnishing, passwords: Path) -> int:
    """Make offices, rooms, persons, posts and accounts, all or nothing, and write the first passwords into a new file (mode 600).

    Returns how many accounts were made. FileRefusedError; RuleBroken('access.roles_apart'); FileExistsError for `passwords`.
    """
    opened = os.open(passwords, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(opened, "w", encoding="utf-8") as file, here().transaction():
            faults = [*_faults_of_offices(told), *_faults_of_staff(told.staff)]
            if faults:
                raise FileRefusedError(faults)
            ids = _make_offices(told)
            lines = [f"{member.username}\t{_move_in(member, ids)}\n" for member in told.staff]
            file.writelines(lines)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        passwords.unlink(missing_ok=True)
        raise
    return len(lines)


def _faults_of_offices(told: Furnishing) -> list[str]:
    there = {unit.code for unit in accounts.units()}
    new = [office.code for office in told.offices]
    known = there | set(new)
    watched = told.brigades or told.scenic
    return [
        *(f"{code}: this office is there already" for code in sorted(there & set(new))),
        *(f"{code}: stands twice in the file" for code in _twice(new)),
        *(f"{each.code}: no office has the code {each.under}" for each in told.agencies if each.under not in known),
        *(f"{each.username}: no office has the code {each.unit}" for each in told.staff if each.unit not in known),
        *(["vmo: the office that watches the brigades is missing"] if watched and not (told.vmo or _vmo()) else []),
    ]


def _faults_of_staff(staff: Sequence[Member]) -> list[str]:
    taken = {account.username for account in accounts.accounts()}
    owners = {account.person_id for account in accounts.accounts()}
    faults = [f"{name}: stands twice in the file" for name in _twice(member.username for member in staff)]
    same = _twice(member.id_number for member in staff)
    for member in staff:
        known = accounts.person_by_id_number(member.id_number, here().current())
        if member.username in taken:
            faults.append(f"{member.username}: this user name is taken")
        if member.id_number in same:
            faults.append(f"{member.username}: the ID number stands twice in the file")
        if known and known in owners:
            faults.append(f"{member.username}: this person has an account already")
        elif known and accounts.person(known).name != member.name:
            faults.append(f"{member.username}: the ID number is known under another name")
    return faults


def _twice(texts: Iterable[str]) -> list[str]:
    return [text for text, count in Counter(texts).items() if count > 1]


def _vmo() -> str | None:
    return next((unit.unit_id for unit in accounts.units() if unit.kind == "vmo"), None)


def _make_offices(told: Furnishing) -> dict[str, str]:
    """Make them; the ids of all offices by code. A brigade belongs to its county's bureau and is watched by the vehicle office."""
    ids = {unit.code: unit.unit_id for unit in accounts.units()}
    top = next((unit.unit_id for unit in accounts.units() if unit.kind == "detachment"), None)
    if told.vmo:
        ids[told.vmo.code] = accounts.make_unit("vmo", told.vmo.code, told.vmo.zh, told.vmo.bo, top, top)
    watcher = _vmo()
    for kind, offices in (("brigade", told.brigades), ("scenic", told.scenic)):
        for office in offices:
            ids[office.code] = accounts.make_unit(kind, office.code, office.zh, office.bo, None, watcher)
    for agency in told.agencies:
        under = ids.get(agency.under)
        ids[agency.code] = accounts.make_unit("agency", agency.code, agency.zh, agency.bo, None, under)
        invigilation.make_room(ids[agency.code], agency.room_zh, agency.room_bo, agency.seats)
    return ids


def _move_in(member: Member, ids: dict[str, str]) -> str:
    """Person, post and account; the first password, which is kept nowhere else."""
    person = accounts.make_person(member.id_number, member.name, member.name_bo)
    day = beijing_day(now().wall).isoformat()
    accounts.grant_post(person, ids[member.unit], member.role, member.number, day)
    password = passwords.first_password()
    logins.make_account(person, member.username, password, must_change=True)
    return password
