"""Signatures on programs and packages for Windows, by osslsigncode: a certificate goes in, a signed file comes out.

A certificate that a public authority gives is usually kept in a cloud today; the release workflow then signs on a Windows machine by
that cloud's own tool, and this is for a certificate in a file.
"""

import argparse
import os
import shlex
import shutil
from dataclasses import dataclass
from pathlib import Path

from deskdev import debian
from deskdev.steps import SetupError, last_line, run_quietly

from deskpack import product

TOOLS = (debian.Need("osslsigncode", "program", "osslsigncode"),)
PASSWORD = "DESKHAND_SIGN_PASSWORD"  # noqa: S105 - the name of an environment variable
"""Names the environment variable with the password: on a command line, every program of this computer could read it."""


@dataclass(frozen=True, slots=True)
class Certificate:
    """What signs.

    Attributes:
        files: one PKCS#12 file, or a certificate and its key as PEM.
        timestamp: a server that confirms the time, so that the signature outlives the certificate; empty for none.
    """

    files: tuple[Path, ...]
    timestamp: str = ""

    @classmethod
    def of(cls, wanted: argparse.Namespace) -> "Certificate | None":
        """Return the certificate of a command line, or None where none is given.

        Raises:
            SetupError: its files are not there, or too many.
        """
        if not wanted.sign:
            return None
        files = tuple(path.resolve() for path in wanted.sign)
        if len(files) > 2 or not all(path.is_file() for path in files):
            raise SetupError("--sign takes one PKCS#12 file, or a certificate and its key as PEM.")
        return cls(files, wanted.timestamp)

    def command(self, source: str, target: str) -> tuple[str, ...]:
        """Return what signs a file into another."""
        one = len(self.files) == 1
        which = ("-pkcs12", self.files[0]) if one else ("-certs", self.files[0], "-key", self.files[1])
        when = ("-ts", self.timestamp) if self.timestamp else ()
        what = ("-n", product.NAME, "-i", product.HOMEPAGE)
        # osslsigncode reads the password from what `-readpass` names; none is asked for where there is none.
        password = ("-readpass", "/dev/stdin") if os.environ.get(PASSWORD) else ()
        return (
            "osslsigncode",
            "sign",
            "-h",
            "sha256",
            *map(str, which),
            *password,
            *what,
            *when,
            "-in",
            source,
            "-out",
            target,
        )


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what a command line says of signing."""
    summary = (
        f"sign with this PKCS#12 file, or with a certificate and its key (PEM); the password is read from {PASSWORD}"
    )
    parser.add_argument("--sign", type=Path, nargs="+", default=[], metavar="FILE", help=summary)
    parser.add_argument("--timestamp", default="", metavar="URL", help="have this server confirm the time of signing")


def sign(file: Path, certificate: Certificate) -> None:
    """Sign a program or an MSI in place.

    Raises:
        SetupError: osslsigncode is missing or refuses.
    """
    _ensure()
    signed = file.with_name(f"{file.name}.signed")
    signed.unlink(missing_ok=True)
    code, output = run_quietly(("sh", "-c", shell_command(certificate, file, signed)))
    if code != 0:
        signed.unlink(missing_ok=True)
        raise SetupError(f"{file.name} could not be signed: {last_line(output)}")
    shutil.copymode(file, signed)
    signed.replace(file)


def shell_command(certificate: Certificate, source: str | Path, target: str | Path) -> str:
    """Return the same as a line for a shell."""
    line = shlex.join(certificate.command(str(source), str(target)))
    return f'printf %s "${PASSWORD}" | {line}' if os.environ.get(PASSWORD) else line


def signer(file: Path, authority: Path | None = None) -> str:
    """Return whom a file's signature names, or nothing where it has none.

    Args:
        file: a program or an MSI.
        authority: the certificate that is trusted, as PEM.

    Raises:
        SetupError: there is a signature, and it does not hold.
    """
    _ensure()
    trusted = ("-CAfile", authority) if authority else ()
    code, output = run_quietly(("osslsigncode", "verify", *trusted, "-in", file))
    if "No signature found" in output:
        return ""
    names = [line.split("Subject:", 1)[1].strip() for line in output.splitlines() if "Subject:" in line]
    if authority is not None and code != 0:
        raise SetupError(f"{file.name}: the signature does not hold: {last_line(output)}")
    return names[0] if names else ""


def _ensure() -> None:
    if shutil.which("osslsigncode") is None:
        debian.ensure(TOOLS)
    if shutil.which("osslsigncode") is None:
        raise SetupError("osslsigncode is missing; install the package of that name.")
