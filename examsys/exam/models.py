"""Tables of candidates, attempts, their journals and results."""

from sqlalchemy import BigInteger, Boolean, Index, Integer, LargeBinary, SmallInteger, String
from sqlalchemy.orm import Mapped, mapped_column

from ..db import Base, table_of


class Candidate(Base):
    """A person's booking for one subject and class, as the roster gave it."""

    __tablename__ = "candidate"
    __table_args__ = (
        Index("ix_candidate_session", "session_id"),
        Index("ix_candidate_person", "person_id"),
        table_of("site", evidence=True),
    )
    site_id: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    candidate_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    person_id: Mapped[str] = mapped_column(String(32))
    session_id: Mapped[str] = mapped_column(String(32))
    serial: Mapped[str] = mapped_column(String(30))  # 流水号 of the national system
    subject: Mapped[str] = mapped_column(String(12))
    licence_class: Mapped[str] = mapped_column(String(2))
    reason: Mapped[str] = mapped_column(String(20))
    school: Mapped[str] = mapped_column(String(80))
    language: Mapped[str] = mapped_column(String(4))
    dialect: Mapped[str | None] = mapped_column(String(60))  # of an audio paper


class Attempt(Base):
    """One sitting of a candidate: the paper drawn for it and all that people search it by, frozen at check-in."""

    __tablename__ = "attempt"
    __table_args__ = (
        Index("uq_attempt_number", "site_id", "candidate_id", "number", unique=True),
        Index("ix_attempt_session", "session_id"),
        Index("ix_attempt_person", "person_id"),
        Index("ix_attempt_day", "day", "unit_id"),
        table_of("site", evidence=True),
    )
    site_id: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    attempt_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    candidate_id: Mapped[str] = mapped_column(String(32))
    number: Mapped[int] = mapped_column(SmallInteger)  # 1, or 2 for the make-up
    person_id: Mapped[str] = mapped_column(String(32))
    session_id: Mapped[str] = mapped_column(String(32))
    room_id: Mapped[str] = mapped_column(String(32))
    unit_id: Mapped[str] = mapped_column(String(32))
    examiner: Mapped[str] = mapped_column(String(32))  # post id
    day: Mapped[str] = mapped_column(String(10))
    subject: Mapped[str] = mapped_column(String(12))
    licence_class: Mapped[str] = mapped_column(String(2))
    profile: Mapped[str] = mapped_column(String(10))
    seat: Mapped[str] = mapped_column(String(20))
    allowed: Mapped[int] = mapped_column(BigInteger)  # µs
    paper: Mapped[bytes] = mapped_column(LargeBinary)  # canonical, as domain.paper.frozen made it
    paper_hash: Mapped[str] = mapped_column(String(64))
    release_id: Mapped[str] = mapped_column(String(32))
    policy: Mapped[str] = mapped_column(String(20))  # version
    at: Mapped[str] = mapped_column(String(30))


class Live(Base):
    """Where an attempt stands now: all of it follows from its journal and can be recomputed."""

    __tablename__ = "live"
    __table_args__ = (Index("ix_live_session", "session_id"), Index("ix_live_running", "state"), table_of("local"))
    site_id: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    attempt_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    session_id: Mapped[str] = mapped_column(String(32))
    state: Mapped[str] = mapped_column(String(8))
    head: Mapped[bytes] = mapped_column(LargeBinary(32))
    length: Mapped[int] = mapped_column(Integer)
    sealed: Mapped[int] = mapped_column(Integer)  # length when the log last named the head
    newest_seq: Mapped[int] = mapped_column(BigInteger)
    language: Mapped[str | None] = mapped_column(String(4))
    allowed: Mapped[int] = mapped_column(BigInteger)
    used: Mapped[int] = mapped_column(BigInteger)
    since: Mapped[int | None] = mapped_column(BigInteger)
    answered: Mapped[int] = mapped_column(SmallInteger, default=0)
    wrong: Mapped[int] = mapped_column(SmallInteger, default=0)  # of those answered, as they stand now
    position: Mapped[int] = mapped_column(SmallInteger, default=1)
    late: Mapped[int] = mapped_column(SmallInteger, default=0)
    seat: Mapped[str] = mapped_column(String(20))
    moves: Mapped[int] = mapped_column(SmallInteger, default=0)
    admission: Mapped[str] = mapped_column(String(64))  # HMAC of person and code
    hold: Mapped[str | None] = mapped_column(String(64))  # login id of the terminal that has it
    hold_seen: Mapped[int] = mapped_column(
        Integer, default=0
    )  # monotonic seconds of its last contact, or of when the attempt last stood still
    makeup: Mapped[str | None] = mapped_column(String(10))  # asked | left
    provisional: Mapped[bool] = mapped_column(Boolean, default=False)  # a second signature is owed


class StepRow(Base):
    """One step of an attempt's journal: canonical bytes, sealed to the step before; the columns only help to find it."""

    __tablename__ = "step"
    __table_args__ = (
        Index("uq_step_answer", "site_id", "attempt_id", "position", "seq", unique=True),
        table_of("site", evidence=True),
    )
    site_id: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    attempt_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    number: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    kind: Mapped[str] = mapped_column(String(8))
    position: Mapped[int | None] = mapped_column(SmallInteger)
    seq: Mapped[int | None] = mapped_column(BigInteger)  # of answers alone
    body: Mapped[bytes] = mapped_column(LargeBinary)
    hash: Mapped[bytes] = mapped_column(LargeBinary(32))


class Result(Base):
    """A grading of an attempt: computed by replay. A regrade is a new row that names the one before."""

    __tablename__ = "result"
    __table_args__ = (Index("ix_result_attempt", "attempt_id"), table_of("site", evidence=True))
    site_id: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    result_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    attempt_id: Mapped[str] = mapped_column(String(32))
    before: Mapped[str | None] = mapped_column(String(32))
    reason: Mapped[str | None] = mapped_column(String(200))
    head: Mapped[bytes] = mapped_column(LargeBinary(32))  # of the journal that was graded
    score: Mapped[int] = mapped_column(SmallInteger)
    full_mark: Mapped[int] = mapped_column(SmallInteger)
    pass_mark: Mapped[int] = mapped_column(SmallInteger)
    passed: Mapped[bool] = mapped_column(Boolean)
    at: Mapped[str] = mapped_column(String(30))


class MarkRow(Base):
    """What one position earned: what statistics read instead of journals."""

    __tablename__ = "mark"
    __table_args__ = (Index("ix_mark_content", "content"), table_of("site", evidence=True))
    site_id: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    result_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    position: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    question: Mapped[str] = mapped_column(String(60))
    content: Mapped[str] = mapped_column(String(64))
    chosen: Mapped[str] = mapped_column(String(60))  # bank option ids, comma between
    is_right: Mapped[bool] = mapped_column(Boolean)
    shown_ms: Mapped[int] = mapped_column(Integer)
    language: Mapped[str | None] = mapped_column(String(4))
    switches: Mapped[int | None] = mapped_column(
        SmallInteger
    )  # changes of language on it; None: graded before these were counted
    heard: Mapped[int | None] = mapped_column(SmallInteger)  # recordings played on it
