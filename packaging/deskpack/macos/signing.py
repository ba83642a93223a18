"""Signing for Macs: a keychain that lives as long as the build, and Apple's notary.

Everything is given by the environment, so that nothing secret stands on a command line of the workflow or in a file of the checkout:

    CODESIGN_IDENTITY                          an identity of the keychain in use, for a developer's own Mac
    MACOS_CERT_P12, MACOS_CERT_PASSWORD        a Developer ID certificate with its key (base64), for a hosted runner
    APPSTORE_KEY, APPSTORE_KEY_ID, APPSTORE_ISSUER   App Store Connect's key (text), for the notary

None of them: the bundle is signed ad hoc, for this Mac only. Half of a pair is a mistake and said so.
"""

import base64
import binascii
import re
import secrets as chance
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from deskdev.steps import SetupError, last_line, run_quietly, step

from deskpack import product


@dataclass(frozen=True, slots=True)
class Notary:
    """Who asks Apple's notary."""

    key: str = field(repr=False)
    key_id: str
    issuer: str


@dataclass(frozen=True, slots=True)
class Secrets:
    """What a build was given to sign with.

    Attributes:
        identity: a name that the keychain in use knows.
        certificate: a PKCS #12 file, base64.
        password: of the certificate.
        notary: who asks for notarisation; None asks for none.
    """

    identity: str = ""
    certificate: str = field(default="", repr=False)
    password: str = field(default="", repr=False)
    notary: Notary | None = None

    @classmethod
    def read(cls, environment: Mapping[str, str]) -> "Secrets":
        """Read them from the environment.

        Raises:
            SetupError: something is given without what belongs to it.
        """
        certificate = _together(environment, "MACOS_CERT_P12", "MACOS_CERT_PASSWORD")
        notary = _together(environment, "APPSTORE_KEY", "APPSTORE_KEY_ID", "APPSTORE_ISSUER")
        identity = environment.get("CODESIGN_IDENTITY", "")
        if notary and not (certificate or identity):
            raise SetupError("APPSTORE_KEY is set, but nothing to sign with; set MACOS_CERT_P12 or CODESIGN_IDENTITY.")
        packed, password = certificate or ("", "")
        return cls(identity, packed, password, Notary(*notary) if notary else None)


@contextmanager
def identity(secrets: Secrets) -> Iterator[str]:
    """Give the identity to sign as; with a certificate, from a keychain that is taken away again. Empty is for nobody.

    Raises:
        SetupError: the certificate cannot be used.
    """
    if not secrets.certificate:
        yield secrets.identity
        return
    with tempfile.TemporaryDirectory(prefix="deskhand-keychain-") as folder:
        keychain, password = Path(folder) / "signing.keychain-db", chance.token_hex(16)
        others = re.findall(r'"(.+?)"', run("security", "list-keychains", "-d", "user"))
        try:
            with step("Putting the certificate into a keychain for this build"):
                found = _import(secrets, Path(folder), keychain, password, others)
            yield found
        finally:
            run("security", "list-keychains", "-d", "user", "-s", *others)
            run_quietly(("security", "delete-keychain", keychain))


def notarise_bundle(app: Path, notary: Notary) -> None:
    """Have a bundle notarised and attach the answer, so that it opens without asking Apple also where it was copied to.

    Raises:
        SetupError: Apple refused it, or could not be asked.
    """
    with tempfile.TemporaryDirectory(prefix="deskhand-notary-") as folder:
        packed = Path(folder) / f"{product.NAME}.zip"
        run("ditto", "-c", "-k", "--keepParent", app, packed)
        _submit(packed, notary)
    _staple(app)


def notarise(file: Path, notary: Notary) -> None:
    """Have a disk image notarised and attach the answer.

    Raises:
        SetupError: Apple refused it, or could not be asked.
    """
    _submit(file, notary)
    _staple(file)


def run(*command: str | Path) -> str:
    """Run one of macOS' programs and return what it printed.

    Raises:
        SetupError: it failed; what it was given is not repeated, because a password may be in it.
    """
    code, output = run_quietly(command)
    if code != 0:
        raise SetupError(f"{' '.join(map(str, command[:2]))} failed: {last_line(output)}")
    return output


def _import(secrets: Secrets, folder: Path, keychain: Path, password: str, others: list[str]) -> str:
    try:
        content = base64.b64decode(secrets.certificate, validate=False)
    except binascii.Error as error:
        raise SetupError("MACOS_CERT_P12 is not base64; set it to what `base64 -i certificate.p12` prints.") from error
    file = folder / "certificate.p12"
    file.touch(mode=0o600)
    file.write_bytes(content)
    run("security", "create-keychain", "-p", password, keychain)
    # Locks by itself, should this be killed: after an hour, and when the Mac sleeps.
    run("security", "set-keychain-settings", "-l", "-u", "-t", "3600", keychain)
    run("security", "unlock-keychain", "-p", password, keychain)
    allowed = ("-f", "pkcs12", "-T", "/usr/bin/codesign")
    run("security", "import", file, "-k", keychain, "-P", secrets.password, *allowed)
    file.unlink()
    # Without this, codesign would open a window that asks for the password.
    run("security", "set-key-partition-list", "-S", "apple-tool:,apple:,codesign:", "-s", "-k", password, keychain)
    run("security", "list-keychains", "-d", "user", "-s", keychain, *others)
    listed = run("security", "find-identity", "-v", "-p", "codesigning", keychain)
    found = re.search(r'\d+\) ([0-9A-F]{40}) "Developer ID Application:', listed)
    if found is None:
        raise SetupError("MACOS_CERT_P12 holds no Developer ID Application certificate with its key; export it anew.")
    return found[1]


def _submit(file: Path, notary: Notary) -> None:
    with tempfile.TemporaryDirectory(prefix="deskhand-key-") as folder:
        key = Path(folder) / "key.p8"
        key.touch(mode=0o600)
        key.write_text(notary.key, encoding="utf-8")
        who = ("--key", key, "--key-id", notary.key_id, "--issuer", notary.issuer)
        said = run("xcrun", "notarytool", "submit", file, *who, "--wait", "--timeout", "45m", "--output-format", "json")
    # The program itself ends well also where Apple says "Invalid".
    if re.search(r'"status"\s*:\s*"Accepted"', said) is None:
        raise SetupError(f"Apple did not notarise {file.name}: {last_line(said)}")


def _staple(file: Path) -> None:
    run("xcrun", "stapler", "staple", file)
    run("xcrun", "stapler", "validate", file)


def _together(environment: Mapping[str, str], *names: str) -> tuple[str, ...]:
    """Return the values of variables that only make sense together; nothing where none is set."""
    values = tuple(environment.get(name, "") for name in names)
    if any(values) and not all(values):
        missing = ", ".join(name for name, value in zip(names, values, strict=True) if not value)
        raise SetupError(f"{missing} is not set, though what belongs to it is; set all of {', '.join(names)} or none.")
    return values if all(values) else ()
