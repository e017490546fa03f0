"""The installation, its units, persons and posts: who there is, and what each person's sealed data say."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import select

from ..audit import service as audit
from ..clock import new_id
from ..config import Settings
from ..db import Raw, db, extension, here, transaction
from ..domain.access import BELOW, HOUSE, Actor, Role, check_apart
from ..domain.entries import EntryKind
from ..domain.errors import RuleBroken
from ..domain.log import blind_index, commitment
from ..domain.policy import Policy
from ..files import Store
from ..keys import Keyring, seal, unseal
from ..policy import policy_for
from .models import Account, Post, Site, Unit


@dataclass(frozen=True)
class Installation:
    """One running site: what every use case needs to know of where it is."""

    settings: Settings
    keys: Keyring
    store: Store

    @cached_property
    def site(self) -> Site:
        """The site's own row; RuleBroken('site.none') before `init` or `demo` made one."""
        row = db.session.scalar(select(Site).order_by(Site.site_id).limit(1))
        if row is None:
            raise RuleBroken("site.none")
        db.session.expunge(row)
        return row

    @property
    def site_id(self) -> int:
        """The number that every evidence key of this site begins with."""
        return self.site.site_id

    @property
    def is_demonstration(self) -> bool:
        """Whether everything here is a demonstration and says so."""
        return self.site.profile == "demo"

    @cached_property
    def log(self) -> audit.LogOf:
        """The log that this site writes."""
        return audit.LogOf(self.site_id, self.site.epoch, self.keys, self.settings.home / "checkpoints")


def installation() -> Installation:
    """The installation of the app that is running."""
    found: Installation = extension("examsys.installation")
    return found


def record(
    kind: EntryKind,
    actor: Actor = HOUSE,
    *,
    about: str | None = None,
    data: Mapping[str, object] | None = None,
    raw: Raw | None = None,
) -> str:
    """An entry of this site's log, in the open transaction."""
    return audit.record(installation().site_id, kind, actor, about=about, data=data, raw=raw)


def is_site() -> bool:
    """Whether this database already holds a site."""
    return db.session.scalar(select(Site).limit(1)) is not None


@transaction
def make_site(site_id: int, name_zh: str, name_bo: str, profile: str) -> None:
    """Make this database a site; RuleBroken('site.already') if it is one."""
    if is_site():
        raise RuleBroken("site.already")
    db.session.add(Site(site_id=site_id, name_zh=name_zh, name_bo=name_bo, profile=profile, epoch=1))
    db.session.flush()
    data = {"site": site_id, "profile": profile, "name_zh": name_zh, "name_bo": name_bo, "epoch": 1}
    # from the first on the log names every row of these tables; sites that were made earlier have rows that no entry names
    record(EntryKind.SITE_INIT, data={**data, "named": ["room"]})


# -- units ---------------------------------------------------------------------------------------------------


@transaction
def make_unit(
    kind: str,
    code: str,
    name_zh: str,
    name_bo: str,
    parent: str | None,
    supervised_by: str | None,
    actor: Actor = HOUSE,
) -> str:
    """Add a unit to the tree; returns its id."""
    told = {
        "kind": kind, "code": code, "name_zh": name_zh, "name_bo": name_bo, "parent": parent, "supervised_by": supervised_by,
    }  # fmt: skip
    unit = Unit(site_id=installation().site_id, unit_id=new_id(), **told)
    db.session.add(unit)
    db.session.flush()
    record(EntryKind.UNIT_CREATE, actor, about=unit.unit_id, data=told)
    return unit.unit_id


def units() -> Sequence[Unit]:
    """All units, by code."""
    return db.session.scalars(select(Unit).order_by(Unit.code)).all()


def unit(unit_id: str) -> Unit:
    """One unit; RuleBroken('unit.unknown')."""
    found = db.session.get(Unit, (installation().site_id, unit_id))
    if found is None:
        raise RuleBroken("unit.unknown")
    return found


def supervisors_of(unit_id: str) -> tuple[str, ...]:
    """The unit itself and all that supervise it, up to the top: what reach is judged by."""
    above = {row.unit_id: row.supervised_by for row in db.session.scalars(select(Unit))}
    chain: list[str] = []
    current: str | None = unit_id
    while current and current in above and current not in chain:
        chain.append(current)
        current = above[current]
    return tuple(chain)


def reach_of(actor: Actor) -> frozenset[str]:
    """The units within an actor's reach."""
    if actor.role is None or actor.unit is None:
        return frozenset()
    if actor.role not in BELOW:
        return frozenset({actor.unit})
    return frozenset(row.unit_id for row in units() if actor.unit in supervisors_of(row.unit_id))


# -- persons -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Clear:
    """A person's data in clear: only ever in memory."""

    person_id: str
    name: str
    name_bo: str
    id_number: str
    photo: str | None


def person_by_id_number(id_number: str, raw: Raw) -> str | None:
    """The person who bears an ID number, found by the blind index."""
    row = raw.one("SELECT person_id FROM person WHERE id_index = ?", blind_index(installation().keys.index, id_number))
    return row[0] if row else None


@transaction
def make_person(id_number: str, name: str, name_bo: str = "", photo: str | None = None) -> str:
    """Keep a person sealed under a new key of their own; one who is known already keeps theirs. Returns the id."""
    raw = here().current()
    known = person_by_id_number(id_number, raw)
    if known:
        return known
    place = installation()
    person_id, key = new_id(), secrets.token_bytes(32)
    label = person_id.encode()
    own = AESGCM(key)
    sealed_bo = seal(own, name_bo.encode(), label + b"/name_bo") if name_bo else None
    raw.run(
        "INSERT INTO person_key (site_id, person_id, wrapped) VALUES (?, ?, ?)",
        *(place.site_id, person_id, seal(place.keys.wrapping, key, label)),
    )
    raw.run(
        "INSERT INTO person (site_id, person_id, id_index, name, name_bo, id_number, photo) VALUES (?, ?, ?, ?, ?, ?, ?)",
        *(
            place.site_id,
            person_id,
            blind_index(place.keys.index, id_number),
            seal(own, name.encode(), label + b"/name"),
        ),
        *(sealed_bo, seal(own, id_number.encode(), label + b"/id_number"), photo),
    )
    return person_id


def key_of_person(person_id: str, raw: Raw) -> bytes:
    """The key under which a person is sealed; RuleBroken('person.erased') once it is gone."""
    row = raw.one("SELECT wrapped FROM person_key WHERE person_id = ?", person_id)
    if row is None:
        raise RuleBroken("person.erased")
    return unseal(installation().keys.wrapping, bytes(row[0]), person_id.encode())


def person(person_id: str) -> Clear:
    """A person in clear; RuleBroken('person.erased') once the key is gone."""
    with here().reading() as raw:
        own = AESGCM(key_of_person(person_id, raw))
        row = raw.one("SELECT name, name_bo, id_number, photo FROM person WHERE person_id = ?", person_id)
    label = person_id.encode()
    name_bo = unseal(own, bytes(row[1]), label + b"/name_bo").decode() if row[1] else ""
    return Clear(
        person_id,
        unseal(own, bytes(row[0]), label + b"/name").decode(),
        name_bo,
        unseal(own, bytes(row[2]), label + b"/id_number").decode(),
        row[3],
    )


def commitments(person_id: str, raw: Raw) -> dict[str, str]:
    """What an entry may say of a person: keyed hashes that die with the key."""
    own = key_of_person(person_id, raw)
    row = raw.one("SELECT name, id_number FROM person WHERE person_id = ?", person_id)
    label = person_id.encode()
    values = {"name": bytes(row[0]), "id_number": bytes(row[1])}
    return {
        field: commitment(own, field, unseal(AESGCM(own), sealed, label + b"/" + field.encode()).decode())
        for field, sealed in values.items()
    }


# -- posts ---------------------------------------------------------------------------------------------------


@transaction
def grant_post(person_id: str, unit_id: str, role: Role, number: str, day: str, actor: Actor = HOUSE) -> str:
    """Give a person a post. RuleBroken if the roles may not meet in one person, or the grant is to oneself."""
    if actor.person == person_id:
        raise RuleBroken("access.same_person")
    held = [
        Role(name)
        for name in db.session.scalars(select(Post.role).where(Post.person_id == person_id, Post.valid_to.is_(None)))
    ]
    check_apart(held, role)
    told = {"role": role.value, "number": number, "valid_from": day, "valid_to": None}
    post = Post(
        site_id=installation().site_id, post_id=new_id(), person_id=person_id, unit_id=unit_id,
        granted_by=actor.account, **told,
    )  # fmt: skip
    db.session.add(post)
    db.session.flush()
    data = {"person": person_id, "unit": unit_id, **told}
    record(EntryKind.ACCOUNT_ROLE_CHANGE, actor, about=post.post_id, data=data)
    return post.post_id


def post(post_id: str) -> Post:
    """One post; RuleBroken('post.unknown')."""
    found = db.session.get(Post, (installation().site_id, post_id))
    if found is None:
        raise RuleBroken("post.unknown")
    return found


def posts_of(person_id: str) -> Sequence[Post]:
    """The posts that a person holds now."""
    return db.session.scalars(
        select(Post).where(Post.person_id == person_id, Post.valid_to.is_(None)).order_by(Post.post_id)
    ).all()


def holders(role: Role, unit_ids: Sequence[str]) -> Sequence[Post]:
    """Who holds a role in any of these units: the names that go into a lot."""
    wanted = select(Post).where(Post.role == role.value, Post.unit_id.in_(unit_ids), Post.valid_to.is_(None))
    return db.session.scalars(wanted.order_by(Post.post_id)).all()


def accounts() -> Sequence[Account]:
    """All accounts, by user name."""
    return db.session.scalars(select(Account).order_by(Account.username)).all()


def policy_of(day: str) -> Policy:
    """The policy in force here on a day (ISO), as this site's profile overrides it."""
    return policy_for(installation().site.profile, day)
