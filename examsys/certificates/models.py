"""Tables of the papers that were given out."""

from sqlalchemy import Index, Integer, LargeBinary, SmallInteger, String
from sqlalchemy.orm import Mapped, mapped_column

from ..db import Base, table_of


class Sheet(Base):
    """A score sheet or slip as issued: its number, the facts it states, and the file's hash. A reissue supersedes the one before."""

    __tablename__ = "sheet"
    __table_args__ = (
        Index("ix_sheet_candidate", "candidate_id"),
        Index("uq_sheet_number", "site_id", "number", unique=True),
        table_of("site", evidence=True),
    )
    site_id: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    sheet_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    candidate_id: Mapped[str] = mapped_column(String(32))
    attempt_id: Mapped[str] = mapped_column(String(32))
    kind: Mapped[str] = mapped_column(String(8))  # archive | slip
    number: Mapped[str] = mapped_column(String(40))
    result_id: Mapped[str] = mapped_column(String(32))  # the result that it states
    supersedes: Mapped[str | None] = mapped_column(String(32))
    checkpoint: Mapped[int] = mapped_column(Integer)  # size of the log that covers the end of the exam
    statement: Mapped[bytes] = mapped_column(LargeBinary)  # signed facts of the QR
    file: Mapped[str] = mapped_column(String(64))  # hash in the file store
    at: Mapped[str] = mapped_column(String(30))
