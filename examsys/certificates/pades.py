"""The signature on a paper as a file: PAdES B-B under the site's own certificate, which is made on first use."""

import fcntl
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_pem_private_key
from cryptography.x509.oid import NameOID

from ..files import write_durably

YEARS = 10
STATEMENT = "/statement"  # where a paper's metadata hold the text of its QR
LARGEST_PDF = 4 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Identity:
    """The files of a site's signing identity, all in one folder, mode 600."""

    folder: Path

    @property
    def authority(self) -> Path:
        """The site's own certificate authority for papers: what a reader must trust."""
        return self.folder / "papers-ca.crt"

    @property
    def certificate(self) -> Path:
        """The certificate that signs papers."""
        return self.folder / "papers.crt"

    @property
    def key(self) -> Path:
        """Its private key."""
        return self.folder / "papers.key"


def identity(folder: Path, name: str, moment: datetime) -> tuple[Identity, bool]:
    """The site's identity, made if it is not there yet; whether it was made now. `name` stands in the certificates.

    The key of the authority is thrown away after its one signature: nobody can issue a second certificate under it.
    """
    found = Identity(folder)
    if found.certificate.exists():
        return found, False
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with (folder / "papers.lock").open("wb") as turn:  # key and certificate must be of one making
        fcntl.flock(turn, fcntl.LOCK_EX)
        if found.certificate.exists():
            return found, False
        _make(found, name, moment)
    return found, True


def _make(found: Identity, name: str, moment: datetime) -> None:
    root, own = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    root_name, own_name = _name(f"{name} CA"), _name(name)
    authority = _certificate(root_name, root_name, root.public_key(), moment, authority=True).sign(
        root, hashes.SHA256()
    )
    certificate = _certificate(own_name, root_name, own.public_key(), moment, authority=False)
    certificate = certificate.add_extension(
        x509.AuthorityKeyIdentifier.from_issuer_public_key(root.public_key()), critical=False
    )
    write_durably(found.key, own.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    write_durably(found.authority, authority.public_bytes(Encoding.PEM))
    write_durably(found.certificate, certificate.sign(root, hashes.SHA256()).public_bytes(Encoding.PEM))


def fingerprint(path: Path) -> str:
    """SHA-256 of a certificate, as hex."""
    return x509.load_pem_x509_certificate(path.read_bytes()).fingerprint(hashes.SHA256()).hex()


def _name(common: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common[:64])])


def _certificate(
    subject: x509.Name, issuer: x509.Name, public: ec.EllipticCurvePublicKey, moment: datetime, *, authority: bool
) -> x509.CertificateBuilder:
    usage = x509.KeyUsage(
        digital_signature=not authority, content_commitment=not authority, key_encipherment=False,
        data_encipherment=False, key_agreement=False, key_cert_sign=authority, crl_sign=authority,
        encipher_only=False, decipher_only=False,
    )  # fmt: skip
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(moment - timedelta(days=1))
        .not_valid_after(moment + timedelta(days=365 * YEARS))
        .add_extension(x509.BasicConstraints(ca=authority, path_length=0 if authority else None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
        .add_extension(usage, critical=True)
    )


class PaperSigner:
    """Signs finished papers; one a process, as loading the keys and libraries takes longer than signing."""

    def __init__(self, folder: Path) -> None:
        from asn1crypto import keys as asn1_keys  # type: ignore[import-untyped]
        from asn1crypto import x509 as asn1_x509
        from pyhanko.sign import signers
        from pyhanko_certvalidator.registry import SimpleCertificateStore

        files = Identity(folder)
        own, authority = (asn1_x509.Certificate.load(_der(path)) for path in (files.certificate, files.authority))
        private = load_pem_private_key(files.key.read_bytes(), None)
        der = private.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
        self._signer = signers.SimpleSigner(
            signing_cert=own,
            signing_key=asn1_keys.PrivateKeyInfo.load(der),
            cert_registry=SimpleCertificateStore.from_certs([authority]),  # type: ignore[no-untyped-call]
        )

    def sign(self, pdf: bytes) -> bytes:
        """The paper with an invisible signature over all of it, added at the end (the bytes before stay as they are)."""
        from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
        from pyhanko.sign import fields, signers
        from pyhanko.sign.signers.constants import ESIC_EXTENSION_1

        class Pdf17Signer(signers.PdfSigner):
            """Names PAdES as the extension of PDF 1.7 that it is; pyHanko would make the file PDF 2.0 for its curve, which no PDF/A-2 is."""

            def register_extensions(self, pdf_out: Any, *, md_algorithm: str) -> None:
                pdf_out.register_extension(ESIC_EXTENSION_1)

        about = signers.PdfSignatureMetadata(
            field_name="Paper", md_algorithm="sha256", subfilter=fields.SigSeedSubFilter.PADES
        )
        signed = Pdf17Signer(about, signer=self._signer).sign_pdf(IncrementalPdfFileWriter(BytesIO(pdf)))
        content: bytes = signed.getvalue()
        return content


def _der(path: Path) -> bytes:
    return x509.load_pem_x509_certificate(path.read_bytes()).public_bytes(Encoding.DER)


@dataclass(frozen=True, slots=True)
class FileReading:
    """What a PDF shows of itself: the statement in its metadata, and how its signature stands."""

    statement: str = ""
    signed: bool = False
    intact: bool = False  # not a byte differs from what was signed, and nothing was added after
    trusted: bool = False  # by a certificate under one of the known authorities


def read_paper(pdf: bytes, authorities: Sequence[bytes]) -> FileReading:
    """Read a paper; `authorities` are PEM certificates. Nothing is fetched. Anything unreadable is a FileReading() that says no to all."""
    if not pdf.startswith(b"%PDF-") or len(pdf) > LARGEST_PDF:
        return FileReading()
    try:
        return _read(pdf, authorities)
    except Exception:  # whatever a broken or hostile file does to the parser, it is no paper of ours
        return FileReading()


def _read(pdf: bytes, authorities: Sequence[bytes]) -> FileReading:
    from asn1crypto import pem
    from asn1crypto import x509 as asn1_x509
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko_certvalidator import ValidationContext

    reader = PdfFileReader(BytesIO(pdf))
    statement = str(reader.trailer["/Info"].get(STATEMENT, "")) if "/Info" in reader.trailer else ""
    if len(reader.embedded_signatures) != 1:
        return FileReading(statement)
    roots = [asn1_x509.Certificate.load(pem.unarmor(text)[2]) for text in authorities]
    embedded = reader.embedded_signatures[0]
    found: Any = validate_pdf_signature(embedded, ValidationContext(trust_roots=roots, allow_fetching=False))
    whole = embedded.evaluate_signature_coverage().name == "ENTIRE_FILE"
    return FileReading(statement, True, bool(found.intact and found.valid and whole), bool(found.trusted))
