"""Tables of the desk: every version of a question, what was said about it, releases that were proposed, voices of recordings."""

from sqlalchemy import Index, LargeBinary, SmallInteger, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from ..db import Base, table_of


class Revision(Base):
    """A question as somebody left it: the block of YAML after the deed, with who, when and why."""

    __tablename__ = "revision"
    __table_args__ = (table_of("center", evidence=True),)
    site_id: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    revision_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    question: Mapped[str] = mapped_column(String(60), index=True)
    deed: Mapped[str] = mapped_column(String(12))
    language: Mapped[str] = mapped_column(String(8))  # "zh": the question itself; "bo": its translation
    block: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(String(400))
    by: Mapped[str | None] = mapped_column("account", String(32))
    at: Mapped[str] = mapped_column(String(30))


class Remark(Base):
    """What somebody said about a question."""

    __tablename__ = "remark"
    __table_args__ = (table_of("center", evidence=True),)
    site_id: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    remark_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    question: Mapped[str] = mapped_column(String(60), index=True)
    words: Mapped[str] = mapped_column(String(1000))
    by: Mapped[str | None] = mapped_column("account", String(32))
    at: Mapped[str] = mapped_column(String(30))


class Proposal(Base):
    """A release put together for the publisher: the questions with the hash of their content, as canonical JSON.

    `turn`: how many proposals of this number were withdrawn before; `lost`: papers of which the proposer knew that they can
    no longer be drawn, by name.
    """

    __tablename__ = "proposal"
    __table_args__ = (
        Index("uq_proposal_number", "site_id", "number", "turn", unique=True),
        table_of("center", evidence=True),
    )
    site_id: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    proposal_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    number: Mapped[str] = mapped_column(String(20))
    questions: Mapped[str] = mapped_column(Text)
    hash: Mapped[str] = mapped_column(String(64))
    note: Mapped[str] = mapped_column(String(400))
    by: Mapped[str | None] = mapped_column("account", String(32))
    at: Mapped[str] = mapped_column(String(30))
    turn: Mapped[int] = mapped_column(SmallInteger, server_default="0")
    lost: Mapped[str | None] = mapped_column(String(400))


class WithdrawnProposal(Base):
    """A proposal that was ended before it was published: withdrawn by a reviewer or refused by a publisher."""

    __tablename__ = "withdrawn_proposal"
    __table_args__ = (table_of("center", evidence=True),)
    site_id: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    proposal_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    reason: Mapped[str] = mapped_column(String(400))
    by: Mapped[str | None] = mapped_column("account", String(32))
    at: Mapped[str] = mapped_column(String(30))


class Speaker(Base):
    """A voice of recordings: the bank's files know it by its slug alone, the name is sealed. Without a day of consent nothing is recorded."""

    __tablename__ = "speaker"
    __table_args__ = (Index("uq_speaker_slug", "site_id", "slug", unique=True), table_of("site"))
    site_id: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    speaker_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    slug: Mapped[str] = mapped_column(String(60))  # dialect and number, as kham-01
    dialect: Mapped[str] = mapped_column(String(60))
    name: Mapped[bytes] = mapped_column(LargeBinary)
    account: Mapped[str | None] = mapped_column(String(32))  # of a voice that works at the desk: may listen and approve
    consent: Mapped[str | None] = mapped_column(String(10))  # day
    consent_by: Mapped[str | None] = mapped_column(String(32))  # account that wrote the consent down
    at: Mapped[str] = mapped_column(String(30))
