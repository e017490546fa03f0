"""With what this site signs its papers, and by what others check them."""

from ..accounts.service import installation, record
from ..clock import now
from ..db import append
from ..domain.certificate import key_name
from ..domain.checkpoint import VerifierKey
from ..domain.entries import EntryKind
from ..keys import public_bytes
from .pades import Identity, fingerprint, identity


def sheet_key() -> VerifierKey:
    """The public key by which others check this site's statements."""
    place = installation()
    return VerifierKey(key_name(place.site_id), public_bytes(place.keys.sheet))


def signing_identity() -> Identity:
    """The certificate that signs papers; made, and named in the log, on first use."""
    place = installation()
    name = f"examsys site {place.site_id} papers" + (" DEMONSTRATION" if place.is_demonstration else "")
    found, made = identity(place.keys.folder, name, now().wall)
    if made:
        data = {"papers": fingerprint(found.certificate), "authority": fingerprint(found.authority)}
        append(lambda raw: record(EntryKind.SITE_KEY, data={**data, "sheet": sheet_key().vkey()}, raw=raw))
    return found


def authorities() -> list[bytes]:
    """The certificate authorities (PEM) whose papers are believed here; none before this site signed its first."""
    path = Identity(installation().keys.folder).authority
    return [path.read_bytes()] if path.exists() else []
