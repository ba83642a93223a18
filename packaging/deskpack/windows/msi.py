"""The MSI for Windows, by wixl on Linux and WiX 3 on Windows: `packaging/windows/deskhand.wxs` over a frozen folder."""

import hashlib
import os
import shutil
import sys
import tempfile
import uuid
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from xml.etree import ElementTree as ET
from xml.sax.saxutils import quoteattr

from deskdev import debian
from deskdev.environment import CHECKOUT
from deskdev.steps import SetupError, last_line, run_quietly, step

from deskpack import freezing, product
from deskpack.windows import signing

SCRIPT = CHECKOUT / "packaging" / "windows" / "deskhand.wxs"
TOOLS = (debian.Need("wixl", "program", "wixl"), debian.Need("msitools", "program", "msibuild"))

_WIX = "http://schemas.microsoft.com/wix/2006/wi"
_NAMESPACE = uuid.UUID("52c9dad1-755f-4fe6-a31a-78ce2e26c8a7")
"""Never change it: a component's number follows from it and from the file's place, so that it is the same in every version."""

_NAMED = frozenset({f"{product.COMMAND}.exe", f"{product.COMMAND}-cli.exe"})
"""Files that the script itself names."""


UPGRADE_CODE = "{E2EAD61B-FEF3-450B-8C26-745455EA804F}"
"""By it Windows knows every version as the same program; it stands in the script and never changes."""

CHOICES = ("STARTMENUSHORTCUT", "DESKTOPSHORTCUT", "AUTOSTART")
"""Public properties that hold over upgrades."""


def name(version: str) -> str:
    """Return the MSI's file name."""
    return f"{product.NAME}-{version}-x64.msi"


def build(
    payload: Path, version: str, target: Path, _certificate: signing.Certificate | None = None, icon: Path | None = None
) -> Path:
    """Pack a frozen folder into an MSI and return it, unsigned.

    Args:
        payload: the folder with the program.
        version: three numbers, those that an upgrade is told by.
        target: the folder that the MSI comes into.
        icon: an .ico; None takes the one that was drawn for the program.

    Raises:
        SetupError: there is no compiler, or it refuses.
    """
    target.mkdir(parents=True, exist_ok=True)
    made = target / name(version)
    icon = icon or freezing.BUILD / "icons" / f"{product.COMMAND}.ico"
    defined = {
        "VERSION": version,
        "PAYLOAD": str(payload),
        "ICON": str(icon),
        "NAME": product.NAME,
        "COMMAND": product.COMMAND,
        "SCHEME": product.SCHEME,
        "SUMMARY": product.SUMMARY,
        "PUBLISHER": product.PUBLISHER,
        "HOMEPAGE": product.HOMEPAGE,
    }
    with tempfile.TemporaryDirectory(prefix="deskhand-msi-") as work:
        files = Path(work) / "files.wxs"
        if sys.platform != "win32":
            # wixl looks for files below its own folder only.
            for key, place in (("PAYLOAD", payload), ("ICON", icon)):
                defined[key] = key.lower()
                Path(work, key.lower()).symlink_to(place.resolve())
        files.write_text(fragment(payload, defined["PAYLOAD"]), encoding="utf-8")
        commands = _wix(files, defined, made) if sys.platform == "win32" else _wixl(files, defined, made)
        with step(f"Packing {made.name}"):
            for command in commands:
                code, output = run_quietly(command, folder=Path(work))
                if code != 0:
                    raise SetupError(f"{Path(command[0]).name} refuses: {last_line(output)}")
    return made


def table(package: Path, name: str) -> list[list[str]]:
    """Return the rows of a table in an MSI, each as its columns.

    Raises:
        SetupError: it cannot be read.
    """
    if shutil.which("msiinfo") is None:
        debian.ensure(TOOLS)
    code, output = run_quietly(("msiinfo", "export", package, name))
    if code != 0:
        raise SetupError(f"{package.name} cannot be read: {last_line(output)}")
    # Three lines before the rows: the columns' names, their types, and the key.
    return [line.split("\t") for line in output.splitlines()[3:]]


def fragment(payload: Path, source: str) -> str:
    """Return the component group with every file of a folder but the programs: a component for each, known by its place.

    Args:
        payload: the folder.
        source: what the compiler calls it.
    """
    places = sorted(
        PurePosixPath(path.relative_to(payload).as_posix()) for path in payload.rglob("*") if path.is_file()
    )
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<Wix xmlns="http://schemas.microsoft.com/wix/2006/wi"><Fragment>',
    ]
    lines += ['<DirectoryRef Id="INSTALLDIR">', *_folder(source, PurePosixPath(), places), "</DirectoryRef>"]
    lines += ['<ComponentGroup Id="Files">']
    lines += [f'<ComponentRef Id="{_id("c", place)}" />' for place in places if place.name not in _NAMED]
    return "\n".join((*lines, "</ComponentGroup>", "</Fragment></Wix>", ""))


def _folder(source: str, folder: PurePosixPath, places: list[PurePosixPath]) -> Iterator[str]:
    for place in places:
        if place.parent == folder and place.name not in _NAMED:
            number = uuid.uuid5(_NAMESPACE, place.as_posix())
            yield f'<Component Id="{_id("c", place)}" Guid="{str(number).upper()}" Win64="yes">'
            file = quoteattr(f"{source}/{place}")
            yield f'<File Id="{_id("f", place)}" Source={file} KeyPath="yes" /></Component>'
    deeper = {place.relative_to(folder).parts[0] for place in places if len(place.relative_to(folder).parts) > 1}
    for one in sorted(deeper):
        inner = folder / one
        below = [place for place in places if place.is_relative_to(inner)]
        yield f'<Directory Id="{_id("d", inner)}" Name={quoteattr(one)}>'
        yield from _folder(source, inner, below)
        yield "</Directory>"


def _id(kind: str, place: PurePosixPath) -> str:
    return kind + hashlib.sha256(place.as_posix().encode()).hexdigest()[:32]


def _wixl(files: Path, defined: Mapping[str, str], made: Path) -> list[tuple[str | Path, ...]]:
    debian.ensure(TOOLS)
    if shutil.which("wixl") is None or shutil.which("msibuild") is None:
        raise SetupError("wixl or msibuild is missing; install the packages wixl and msitools.")
    # wixl knows no conditions of components and no secure properties: both are left out for it, and written into the finished MSI.
    ET.register_namespace("", _WIX)
    script = ET.parse(SCRIPT)  # noqa: S314 - our own file
    statements = []
    for component in script.iter(f"{{{_WIX}}}Component"):
        for condition in component.findall(f"{{{_WIX}}}Condition"):
            column, row = f"`Condition` = '{condition.text}'", f"`Component` = '{component.attrib['Id']}'"
            statements.append(f"UPDATE `Component` SET {column} WHERE {row}")
            component.remove(condition)
    said = [each for each in script.iter(f"{{{_WIX}}}Property") if each.attrib.pop("Secure", "")]
    secure = ";".join(("WIX_DOWNGRADE_DETECTED", "WIX_UPGRADE_DETECTED", *(each.attrib["Id"] for each in said)))
    assignment = f"`Value` = '{secure}'"
    statements.append(f"UPDATE `Property` SET {assignment} WHERE `Property` = 'SecureCustomProperties'")
    simpler = files.with_name("simpler.wxs")
    script.write(simpler, encoding="utf-8", xml_declaration=True)
    options = [option for key, value in defined.items() for option in ("-D", f"{key}={value}")]
    later = [("msibuild", made, "-q", statement) for statement in statements]
    return [("wixl", "-a", "x64", *options, "-o", made, simpler, files), *later]


def _wix(files: Path, defined: Mapping[str, str], made: Path) -> list[tuple[str | Path, ...]]:
    places = os.pathsep.join((str(Path(os.environ.get("WIX", "")) / "bin"), os.environ.get("PATH", "")))
    candle, light = (shutil.which(tool, path=places) for tool in ("candle", "light"))
    if candle is None or light is None:
        raise SetupError("WiX 3 (candle and light) is neither in PATH nor where WIX says; install WiX Toolset 3.14.")
    options = [f"-d{key}={value}" for key, value in defined.items()]
    compiled = [files.with_name(f"{source.stem}.wixobj") for source in (SCRIPT, files)]
    # Not held against the rules for packages again: what they ask of links is for one user, and these are for everybody.
    return [
        (candle, "-nologo", "-arch", "x64", *options, "-out", f"{files.parent}{os.sep}", SCRIPT, files),
        (light, "-nologo", "-sval", "-out", made, *compiled),
    ]
