"""Tables of the site's log: entries, their places in the tree, signed checkpoints."""

from sqlalchemy import BigInteger, Index, Integer, LargeBinary, SmallInteger, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from ..db import Base, table_of


class Entry(Base):
    """One act, as canonical bytes; the columns beside `body` are derived from it and only help to search."""

    __tablename__ = "entry"
    __table_args__ = (
        Index("ix_entry_kind_at", "kind", "at"),
        Index("ix_entry_object", "object"),
        Index("ix_entry_actor", "actor"),
        table_of("site", evidence=True),
    )
    site_id: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    entry_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    kind: Mapped[str] = mapped_column(String(40))
    at: Mapped[str] = mapped_column(String(30))
    actor: Mapped[str | None] = mapped_column(String(32))
    object: Mapped[str | None] = mapped_column(String(32))
    body: Mapped[bytes] = mapped_column(LargeBinary)


class Leaf(Base):
    """The place of an entry in the Merkle tree; an entry without a leaf is not yet sealed."""

    __tablename__ = "leaf"
    __table_args__ = (Index("uq_leaf_entry", "site_id", "entry_id", unique=True), table_of("site", evidence=True))
    site_id: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    epoch: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    idx: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    entry_id: Mapped[str] = mapped_column(String(32))
    hash: Mapped[bytes] = mapped_column(LargeBinary(32))


class Checkpoint(Base):
    """A signed head of the tree (C2SP tlog-checkpoint): origin, size, root, signature lines."""

    __tablename__ = "checkpoint"
    __table_args__ = (table_of("site", evidence=True),)
    site_id: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    epoch: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    size: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    root: Mapped[bytes] = mapped_column(LargeBinary(32))
    state: Mapped[bytes] = mapped_column(LargeBinary)  # the tree's peaks, from which the next sealing goes on
    note: Mapped[str] = mapped_column(Text)
    at: Mapped[str] = mapped_column(String(30))


class Unsealed(Base):
    """Which entries wait for the sealer, so that it need not search the log for them."""

    __tablename__ = "unsealed"
    __table_args__ = (table_of("local"),)
    site_id: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    entry_id: Mapped[str] = mapped_column(String(32), primary_key=True)


class Tick(Base):
    """The last sign of life of a server run; what lies between it and the next start is an outage."""

    __tablename__ = "tick"
    __table_args__ = (table_of("local"),)
    site_id: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    boot: Mapped[str] = mapped_column(String(32))
    mono: Mapped[int] = mapped_column(BigInteger)
    at: Mapped[str] = mapped_column(String(30))
    runs: Mapped[int] = mapped_column(Integer, default=0)
