"""Tables of rooms, seats, sessions, rosters, requests to the supervision post and incidents."""

from sqlalchemy import Index, LargeBinary, SmallInteger, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from ..db import Base, table_of


class Room(Base):
    """An exam room of a service agency."""

    __tablename__ = "room"
    __table_args__ = (Index("ix_room_unit", "unit_id"), table_of("center"))
    site_id: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    room_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    unit_id: Mapped[str] = mapped_column(String(32))
    name_zh: Mapped[str] = mapped_column(String(80))
    name_bo: Mapped[str] = mapped_column(String(160))
    seats: Mapped[int] = mapped_column(SmallInteger)


class Session(Base):
    """A room on a day: made by the acceptance post."""

    __tablename__ = "session"
    __table_args__ = (
        Index("ix_session_day", "day"),
        Index("ix_session_unit", "unit_id"),
        table_of("site", evidence=True),
    )
    site_id: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    session_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    room_id: Mapped[str] = mapped_column(String(32))
    unit_id: Mapped[str] = mapped_column(String(32))
    day: Mapped[str] = mapped_column(String(10))
    number: Mapped[str] = mapped_column(String(30))
    made_by: Mapped[str | None] = mapped_column(String(32))
    at: Mapped[str] = mapped_column(String(30))


class SessionLive(Base):
    """Where a session stands now; follows from the log."""

    __tablename__ = "session_live"
    __table_args__ = (table_of("local"),)
    site_id: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    session_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    state: Mapped[str] = mapped_column(String(10))  # planned | matched | open | ended
    examiner: Mapped[str | None] = mapped_column(String(32))  # post id, by lot
    release_id: Mapped[str | None] = mapped_column(String(32))


class Request(Base):
    """What an examiner asks of the supervision post."""

    __tablename__ = "request"
    __table_args__ = (Index("ix_request_session", "session_id"), table_of("site", evidence=True))
    site_id: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    request_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    session_id: Mapped[str] = mapped_column(String(32))
    attempt_id: Mapped[str] = mapped_column(String(32))
    kind: Mapped[str] = mapped_column(String(10))  # extra | move | reopen
    value: Mapped[str] = mapped_column(String(40))  # minutes, or the new seat
    reason: Mapped[str] = mapped_column(Text)
    asked_by: Mapped[str] = mapped_column(String(32))  # person id
    at_once: Mapped[bool] = mapped_column()  # done already, second signature owed
    deadline: Mapped[str] = mapped_column(String(30))
    at: Mapped[str] = mapped_column(String(30))


class Decision(Base):
    """The supervision post's answer to a request."""

    __tablename__ = "decision"
    __table_args__ = (table_of("site", evidence=True),)
    site_id: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    request_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    granted: Mapped[bool] = mapped_column()
    reason: Mapped[str] = mapped_column(Text)
    decided_by: Mapped[str] = mapped_column(String(32))  # person id
    at: Mapped[str] = mapped_column(String(30))


class Lot(Base):
    """A recorded lottery: its purpose, seed, the names in it and what came out; anybody can redo it."""

    __tablename__ = "lot"
    __table_args__ = (Index("ix_lot_object", "object"), table_of("site", evidence=True))
    site_id: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    lot_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    purpose: Mapped[str] = mapped_column(String(20))
    object: Mapped[str] = mapped_column(String(32))
    body: Mapped[bytes] = mapped_column(LargeBinary)
    at: Mapped[str] = mapped_column(String(30))


class Overdue(Base):
    """Requests whose missing second signature has been written into the log."""

    __tablename__ = "overdue"
    __table_args__ = (table_of("local"),)
    site_id: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    request_id: Mapped[str] = mapped_column(String(32), primary_key=True)
