"""The installer for Windows, by NSIS: `packaging/windows/deskhand.nsi` over a frozen folder."""

import shutil
import sys
import tempfile
from pathlib import Path

from deskdev import debian
from deskdev.environment import CHECKOUT
from deskdev.steps import SetupError, last_line, run_quietly, step

from deskpack import freezing, product
from deskpack.windows import signing

SCRIPT = CHECKOUT / "packaging" / "windows" / "deskhand.nsi"
TOOLS = (debian.Need("nsis", "program", "makensis"),)


def name(version: str) -> str:
    """Return the installer's file name."""
    return f"{product.NAME}-{version}-x64-setup.exe"


def build(
    payload: Path,
    version: str,
    target: Path,
    certificate: signing.Certificate | None = None,
    icon: Path | None = None,
    *,
    quick: bool = False,
) -> Path:
    """Pack a frozen folder into an installer and return it.

    Args:
        payload: the folder with the program.
        version: three numbers, those that an upgrade is told by.
        target: the folder that the installer comes into.
        certificate: signs the uninstaller in it; the installer itself is left unsigned.
        icon: an .ico; None takes the one that was drawn for the program.
        quick: larger and sooner done, for a trial.

    Raises:
        SetupError: makensis is missing or refuses.
    """
    target.mkdir(parents=True, exist_ok=True)
    made = target / name(version)
    defined = {
        "VERSION": version,
        "PAYLOAD": payload,
        "OUT": made,
        "ICON": icon or freezing.BUILD / "icons" / f"{product.COMMAND}.ico",
        "LICENCE": CHECKOUT / "LICENSE",
        "SIZE": max(1, freezing.size_of(payload) // 1024),
        "NAME": product.NAME,
        "COMMAND": product.COMMAND,
        "IDENTIFIER": product.IDENTIFIER,
        "SCHEME": product.SCHEME,
        "SUMMARY": product.SUMMARY,
        "PUBLISHER": product.PUBLISHER,
        "HOMEPAGE": product.HOMEPAGE,
        "COPYRIGHT": product.COPYRIGHT,
        "COMPRESSION": "zlib" if quick else "/SOLID lzma",
    }
    compiler = _compiler()
    with step(f"Packing {made.name}"), tempfile.TemporaryDirectory(prefix="deskhand-nsis-") as work:
        if certificate is not None:
            # makensis hands the uninstaller to a command in the middle of its work; a file spares the line two kinds of quotes.
            script = Path(work) / "sign.sh"
            line = (
                signing.shell_command(certificate, "FILE", "SIGNED")
                .replace("FILE", '"$1"')
                .replace("SIGNED", '"$1.signed"')
            )
            script.write_text(f'{line} && mv "$1.signed" "$1"\n', encoding="utf-8")
            defined["SIGN"] = f"sh {script}"
        options = [f"-D{key}={value}" for key, value in defined.items()]
        code, output = run_quietly((compiler, "-V2", "-WX", "-INPUTCHARSET", "UTF8", *options, SCRIPT))
        if code != 0:
            raise SetupError(f"makensis refuses: {last_line(output, 'Error')}")
    return made


def _compiler() -> str:
    debian.ensure(TOOLS)
    usual = r"C:\Program Files (x86)\NSIS\makensis.exe"
    found = shutil.which("makensis") or (usual if sys.platform == "win32" and Path(usual).exists() else None)
    if found is None:
        raise SetupError("makensis is missing; install NSIS 3 (on Windows: choco install nsis).")
    return found
