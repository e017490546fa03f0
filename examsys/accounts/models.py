"""Tables of sites, units, persons, their keys, accounts, posts and logins."""

from sqlalchemy import Boolean, Index, Integer, LargeBinary, SmallInteger, String, false
from sqlalchemy.orm import Mapped, mapped_column

from ..db import Base, table_of


class Site(Base):
    """One installation: one database, one log, one id. Never changed: what is a demonstration stays one."""

    __tablename__ = "site"
    __table_args__ = (table_of("center", evidence=True),)
    site_id: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    name_zh: Mapped[str] = mapped_column(String(80))
    name_bo: Mapped[str] = mapped_column(String(160))
    profile: Mapped[str] = mapped_column(String(10))  # formal | practice | demo
    epoch: Mapped[int] = mapped_column(SmallInteger, default=1)


class Unit(Base):
    """An office or agency. `parent` is who it belongs to, `supervised_by` who watches it: two relations."""

    __tablename__ = "unit"
    __table_args__ = (Index("ix_unit_supervised_by", "supervised_by"), table_of("center"))
    site_id: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    unit_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    kind: Mapped[str] = mapped_column(String(12))  # detachment | vmo | brigade | scenic | agency
    code: Mapped[str] = mapped_column(String(20))
    name_zh: Mapped[str] = mapped_column(String(80))
    name_bo: Mapped[str] = mapped_column(String(160))
    parent: Mapped[str | None] = mapped_column(String(32))
    supervised_by: Mapped[str | None] = mapped_column(String(32))


class Person(Base):
    """One natural person: staff, candidate or learner. Clear text never: sealed under the person's own key."""

    __tablename__ = "person"
    __table_args__ = (Index("ix_person_id_index", "id_index"), table_of("local"))
    site_id: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    person_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    id_index: Mapped[str] = mapped_column(String(64))  # blind index of the ID number
    name: Mapped[bytes] = mapped_column(LargeBinary)
    name_bo: Mapped[bytes | None] = mapped_column(LargeBinary)
    id_number: Mapped[bytes] = mapped_column(LargeBinary)
    photo: Mapped[str | None] = mapped_column(String(64))  # hash in the file store


class PersonKey(Base):
    """A person's random key, wrapped by the site's; deleting it is the erasure (evidence.md 2.6)."""

    __tablename__ = "person_key"
    __table_args__ = (table_of("local"),)
    site_id: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    person_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    wrapped: Mapped[bytes] = mapped_column(LargeBinary)


class Account(Base):
    """A staff member's sign-in. `version` ends all its logins when it changes."""

    __tablename__ = "account"
    __table_args__ = (Index("uq_account_username", "site_id", "username", unique=True), table_of("site"))
    site_id: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    account_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    person_id: Mapped[str] = mapped_column(String(32))
    username: Mapped[str] = mapped_column(String(40))
    password: Mapped[str] = mapped_column(String(200))
    disabled: Mapped[bool] = mapped_column(Boolean, default=False)
    version: Mapped[int] = mapped_column(Integer, default=1)
    # somebody else handed the password out; until it is changed the account opens nothing
    must_change: Mapped[bool] = mapped_column(Boolean, default=False, server_default=false())


class Post(Base):
    """A role that a person holds in a unit, from a day until a day."""

    __tablename__ = "post"
    __table_args__ = (Index("ix_post_person", "person_id"), table_of("site"))
    site_id: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    post_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    person_id: Mapped[str] = mapped_column(String(32))
    unit_id: Mapped[str] = mapped_column(String(32))
    role: Mapped[str] = mapped_column(String(30))
    number: Mapped[str] = mapped_column(String(20))  # the post number that papers print instead of a name
    valid_from: Mapped[str] = mapped_column(String(10))
    valid_to: Mapped[str | None] = mapped_column(String(10))
    granted_by: Mapped[str | None] = mapped_column(String(32))


class Login(Base):
    """A signed-in browser: a row on the server; the cookie only names it. For staff or for an attempt's terminal."""

    __tablename__ = "login"
    __table_args__ = (
        Index("ix_login_attempt", "attempt_id"),
        Index("ix_login_account", "account_id"),
        table_of("local"),
    )
    site_id: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    login_id: Mapped[str] = mapped_column(String(64), primary_key=True)  # HMAC of the cookie's token
    csrf: Mapped[str] = mapped_column(String(64))
    account_id: Mapped[str | None] = mapped_column(String(32))
    version: Mapped[int] = mapped_column(Integer, default=1)
    post_id: Mapped[str | None] = mapped_column(String(32))
    attempt_id: Mapped[str | None] = mapped_column(String(32))
    address: Mapped[str] = mapped_column(String(45))
    made_at: Mapped[int] = mapped_column(Integer)  # POSIX seconds
    seen_at: Mapped[int] = mapped_column(Integer)
    ended: Mapped[bool] = mapped_column(Boolean, default=False)


class Refusal(Base):
    """A failed sign-in, by what was tried and from where; what lockout counts. Old ones are swept."""

    __tablename__ = "refusal"
    __table_args__ = (
        Index("ix_refusal_who", "who", "at"),
        Index("ix_refusal_address", "address", "at"),
        table_of("local"),
    )
    site_id: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    refusal_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    who: Mapped[str] = mapped_column(String(64))  # keyed hash of the ID number or username
    address: Mapped[str] = mapped_column(String(45))
    at: Mapped[int] = mapped_column(Integer)
