"""Names of people who have no ID number here (voices of recordings): sealed under a key of their own, gone with the key."""

import secrets

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from ..db import Raw
from ..domain.errors import RuleBroken
from ..keys import seal, unseal
from .service import installation, key_of_person


def seal_name(owner: str, name: str, raw: Raw) -> bytes:
    """The name sealed under a new key that is kept for `owner`, the id of the row that will hold it; in the open transaction."""
    place, key = installation(), secrets.token_bytes(32)
    raw.run(
        "INSERT INTO person_key (site_id, person_id, wrapped) VALUES (?, ?, ?)",
        *(place.site_id, owner, seal(place.keys.wrapping, key, owner.encode())),
    )
    return seal(AESGCM(key), name.encode(), _label(owner))


def name_anew(owner: str, name: str, raw: Raw) -> bytes:
    """A corrected name, sealed under the key that `owner` has; RuleBroken where it is gone."""
    return seal(AESGCM(key_of_person(owner, raw)), name.encode(), _label(owner))


def name_of(owner: str, sealed: bytes, raw: Raw) -> str:
    """The name in clear: only ever in memory; empty once the key is gone."""
    try:
        return unseal(AESGCM(key_of_person(owner, raw)), sealed, _label(owner)).decode()
    except RuleBroken:
        return ""


def _label(owner: str) -> bytes:
    return owner.encode() + b"/name"
