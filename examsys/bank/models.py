"""Tables of the question bank: immutable contents by hash, releases, questions withdrawn."""

from sqlalchemy import Index, LargeBinary, SmallInteger, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from ..db import Base, table_of


class Content(Base):
    """A question as it was, kept once by the hash of its canonical bytes."""

    __tablename__ = "content"
    __table_args__ = (table_of("center", evidence=True),)
    hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    body: Mapped[bytes] = mapped_column(LargeBinary)


class Release(Base):
    """An immutable list of what may be drawn from a day on: the questions with all that the draw needs."""

    __tablename__ = "release"
    __table_args__ = (Index("uq_release_number", "site_id", "number", unique=True), table_of("center", evidence=True))
    site_id: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    release_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    number: Mapped[str] = mapped_column(String(20))
    questions: Mapped[str] = mapped_column(Text)  # canonical JSON
    hash: Mapped[str] = mapped_column(String(64))
    published_by: Mapped[str | None] = mapped_column(String(32))
    at: Mapped[str] = mapped_column(String(30))
    proposed_by: Mapped[str | None] = mapped_column(String(32))
    signature: Mapped[str | None] = mapped_column(String(128))  # hex Ed25519 of the hash, by the site's key of the log


class Approval(Base):
    """The office's approval of papers in Tibetan, as entered: without one a formal site opens no session on them."""

    __tablename__ = "approval"
    __table_args__ = (table_of("center", evidence=True),)
    site_id: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    approval_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    office: Mapped[str] = mapped_column(String(80))
    number: Mapped[str] = mapped_column(String(60))
    day: Mapped[str] = mapped_column(String(10))
    subject: Mapped[str] = mapped_column(String(12))
    release_id: Mapped[str] = mapped_column(String(32))
    at: Mapped[str] = mapped_column(String(30))


class Withdrawal(Base):
    """A question voided after it was asked: it counts as right for everybody who had it."""

    __tablename__ = "withdrawal"
    __table_args__ = (table_of("center", evidence=True),)
    site_id: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    content: Mapped[str] = mapped_column(String(64), primary_key=True)
    question: Mapped[str] = mapped_column(String(60))
    reason: Mapped[str] = mapped_column(String(200))
    at: Mapped[str] = mapped_column(String(30))
