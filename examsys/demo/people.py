"""The demonstration's offices, staff and candidates: made through the real services, with ID numbers that no person bears."""

import secrets
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from ..accounts import logins
from ..accounts import service as accounts
from ..domain.access import Role
from ..domain.identity import id_check_digit
from ..invigilation import service as invigilation

REGION = "990000"  # no county has this code
FIRST_ON_STAFF = 900


@cache
def script() -> Mapping[str, Any]:
    """What prefecture.yaml says."""
    read: Mapping[str, Any] = yaml.load(
        Path(__file__).with_name("prefecture.yaml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader
    )
    return read


def impossible_id(number: int) -> str:
    """The n-th ID number with a right check digit and a region code that no person bears."""
    year, rest = divmod(number, 12 * 28 * 10)
    month, rest = divmod(rest, 28 * 10)
    day, serial = divmod(rest, 10)
    body = f"{REGION}{1960 + year:04d}{month + 1:02d}{day + 1:02d}{serial + 1:03d}"
    return body + id_check_digit(body)


def make_units() -> dict[str, str]:
    """The unit tree; ids by code. A brigade belongs to its county's bureau and is watched by the vehicle management office."""
    told, ids = script(), {}
    top = told["detachment"]
    ids[top["code"]] = accounts.make_unit("detachment", top["code"], top["zh"], top["bo"], None, None)
    vmo = told["vmo"]
    ids[vmo["code"]] = accounts.make_unit("vmo", vmo["code"], vmo["zh"], vmo["bo"], ids[top["code"]], ids[top["code"]])
    for kind, listed in (("brigade", told["brigades"]), ("scenic", told["scenic"])):
        for unit in listed:
            ids[unit["code"]] = accounts.make_unit(kind, unit["code"], unit["zh"], unit["bo"], None, ids[vmo["code"]])
    for agency in told["agencies"]:
        watcher = ids[agency["under"]]
        ids[agency["code"]] = accounts.make_unit("agency", agency["code"], agency["zh"], agency["bo"], None, watcher)
    return ids


def make_rooms(ids: Mapping[str, str]) -> list[str]:
    """The exam rooms of the agencies."""
    return [
        invigilation.make_room(ids[agency["code"]], agency["room_zh"], agency["room_bo"], agency["seats"])
        for agency in script()["agencies"]
    ]


def make_staff(ids: Mapping[str, str], day: str) -> dict[str, dict[str, str]]:
    """One account a role, with a random password; what the account file says of them."""
    made = {}
    for number, (role, post) in enumerate(script()["staff"].items(), FIRST_ON_STAFF):
        person = accounts.make_person(impossible_id(number), post["name"])
        accounts.grant_post(person, ids[post["unit"]], Role(role), post["number"], day)
        password = secrets.token_urlsafe(12)
        logins.make_account(person, role, password)
        made[role] = {"username": role, "password": password}
    return made


def candidate_line(number: int, subject: str, licence_class: str, language: str) -> dict[str, str]:
    """The n-th invented candidate, as a line of a roster."""
    names = script()["candidates"]
    name_zh, name_bo = names[number % len(names)]
    return {
        "流水号": f"DEMO{number:09d}",
        "姓名": name_zh,
        "藏文姓名": name_bo,
        "身份证明号码": impossible_id(10_000 + number),
        "考试科目": subject,
        "准驾车型": licence_class,
        "考试原因": "初次申领",
        "驾驶培训机构": "演示驾驶培训学校",
        "语言": language,
    }
