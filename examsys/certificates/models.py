"""Tables of the papers that were given out."""

from sqlalchemy import BigInteger, Index, SmallInteger, String
from sqlalchemy.orm import Mapped, mapped_column

from ..db import Base, table_of


class Sheet(Base):
    """A score sheet or slip as issued. Nothing personal in clear: hashes here, the file sealed under the person's key. A reissue names the one before."""

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
    result_id: Mapped[str] = mapped_column(String(32))  # the newest result that it states
    states: Mapped[str] = mapped_column(
        String(64)
    )  # hash of all results that it states: another one asks for another sheet
    supersedes: Mapped[str | None] = mapped_column(String(32))
    checkpoint: Mapped[int] = mapped_column(BigInteger)  # size of the log that covers the end of the exam
    statement: Mapped[str] = mapped_column(String(64))  # hash of the QR's text
    pdf: Mapped[str] = mapped_column(String(64))  # hash of the file as given out
    file: Mapped[str] = mapped_column(String(64))  # where the store keeps it, sealed
    at: Mapped[str] = mapped_column(String(30))
