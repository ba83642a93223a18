"""The licences of everything that a package carries along besides Deskhand itself.

`collect` writes them from the installed packages' own metadata into a folder: `THIRD-PARTY.txt` with one line for each, and one file
of texts for each. `deskpack.freezing` puts that folder into the frozen program (`LICENCES` inside it), so that every package of every
system carries it. What wheels leave out is here: Qt for Python's wheels bring no text (theirs are in `packaging/licences`), and the
libraries of the build machine are added by `add_libraries` from the texts that Debian installs with them.
"""

import re
import shutil
import sysconfig
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import Distribution, distributions
from pathlib import Path

from deskdev.environment import CHECKOUT, RUNTIME, Environment
from deskdev.steps import SetupError, run_quietly

from deskpack import product

LICENCES = "licences"
"""The folder's name, beside or in the frozen program."""

SUMMARY = "THIRD-PARTY.txt"

TEXTS = CHECKOUT / "packaging" / "licences"

_QT = ("LGPL-3.0.txt", "GPL-3.0.txt")
_WITHOUT_TEXT = {"pyside6-essentials": _QT, "shiboken6": _QT}
"""Packages whose wheels bring no text, with the files of `TEXTS` that say it."""

_INSIDE = {"apsw-sqlite3mc": ("sqlite3mc.txt",)}
"""Packages that carry another work inside, with its text."""

_CALLED = {
    "apsw-sqlite3mc": "any OSI-approved licence; SQLite3 Multiple Ciphers inside: MIT",
    "httpx-aiohttp": "BSD-3-Clause",
    "pyinstaller": "GPL-2.0-or-later WITH Bootloader-exception",
}
"""Licences of packages whose metadata does not name them, or not exactly."""

_STARTER = "pyinstaller"
"""Of the tools only this one leaves something in the package: the program that starts Python."""

_HEAD = """\
{name} is under the MIT License. It carries these works along; the texts of their licences are in the files named here.

Qt and Qt for Python (PySide6, shiboken6) are used under the GNU Lesser General Public License, version 3. They are separate
libraries in the folder `_internal/PySide6` (macOS: `Contents/Frameworks/PySide6`) and may be replaced there by changed ones of
the same version. Their sources are at https://download.qt.io/official_releases/QtForPython/ and
https://download.qt.io/official_releases/qt/; what Qt itself carries is listed at https://doc.qt.io/qt-6/licenses-used-in-qt.html.

"""


@dataclass(frozen=True, slots=True, order=True)
class Work:
    """Something that is carried along.

    Attributes:
        name: what it is called.
        version: empty where nobody says.
        licence: its name.
        file: the file with its texts, in the same folder.
    """

    name: str
    version: str
    licence: str
    file: str


def folder_of(environment: Environment) -> Path:
    """Return the folder with the packages of an environment."""
    places = {"base": str(environment.folder), "platbase": str(environment.folder)}
    return Path(sysconfig.get_path("purelib", "nt" if environment.windows else "venv", places))


def collect(packages: Path, python: Path, target: Path) -> list[Work]:
    """Write the licences of the program's packages and of Python into a folder, which is emptied before.

    Args:
        packages: the folder in which they are installed (site-packages).
        python: the text that came with Python.
        target: where to write.

    Raises:
        SetupError: a package says nothing about its licence.
    """
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    wanted = {*locked(RUNTIME), _STARTER}
    works = [_written(one, target) for one in distributions(path=[str(packages)]) if plain(one.name) in wanted]
    works.append(_python(python, target))
    _summarise(works, target)
    return sorted(works)


def add_libraries(libraries: Iterator[Path], target: Path) -> None:
    """Add the texts of libraries that PyInstaller took from a Debian or Ubuntu system.

    Args:
        libraries: files of the frozen folder, by whose names their packages are found.
        target: the folder that `collect` wrote.

    Raises:
        SetupError: nobody here knows where a library came from.
    """
    found: dict[str, set[str]] = {}
    for library in libraries:
        found.setdefault(_debian_package(library.name), set()).add(library.name)
    lines = []
    for package, names in sorted(found.items()):
        text = Path("/usr/share/doc", package, "copyright")
        if not text.exists():
            raise SetupError(f"The licence of {', '.join(sorted(names))} is not at {text}; reinstall {package}.")
        shutil.copyfile(text, target / f"{package}.txt")
        lines.append(f"  {', '.join(sorted(names))}: {package}.txt")
    with (target / SUMMARY).open("a", encoding="utf-8") as file:
        file.write("\nLibraries of the system on which this was built:\n\n" + "\n".join(lines) + "\n")


def locked(name: str) -> frozenset[str]:
    """Return the names of the packages in a lock."""
    text = (CHECKOUT / "packaging" / name).read_text(encoding="utf-8")
    return frozenset(plain(found) for found in re.findall(r"^([A-Za-z0-9._-]+)==", text, re.MULTILINE))


def plain(name: str) -> str:
    """Return a package's name as indexes compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def python_text(base: Path) -> Path:
    """Return the licence that lies with a Python.

    Args:
        base: its folder, as in `sys.base_prefix`.

    Raises:
        SetupError: there is none.
    """
    tried = [*base.glob("LICENSE*"), *sorted(base.glob("lib/python3.*/LICENSE.txt"))]
    tried += sorted(base.glob("share/doc/python3.*/copyright"))
    for text in tried:
        if text.is_file():
            return text
    raise SetupError(f"The licence of Python was not found below {base}.")


def _written(package: Distribution, target: Path) -> Work:
    name = plain(package.name)
    texts = list(_texts(package)) or [TEXTS / text for text in _WITHOUT_TEXT.get(name, ())]
    texts += [TEXTS / text for text in _INSIDE.get(name, ())]
    if not texts:
        raise SetupError(f"{name} brings no text of its licence; name one in deskpack.licences.")
    file = f"{name}.txt"
    whole = "\n\n".join(text.read_text(encoding="utf-8", errors="replace").strip() for text in texts)
    (target / file).write_text(whole + "\n", encoding="utf-8", newline="\n")
    return Work(name, package.version, _licence(package), file)


def _texts(package: Distribution) -> Iterator[Path]:
    for file in sorted(package.files or [], key=str):
        if ".dist-info/" in file.as_posix() and re.match(r"(?i)(licen[cs]e|copying|notice)", file.name):
            yield Path(str(file.locate()))


def _licence(package: Distribution) -> str:
    """Return the name of a licence, of whichever field a package uses."""
    if (name := plain(package.name)) in _CALLED:
        return _CALLED[name]
    says = package.metadata
    given = "".join((says.get_all("License-Expression") or says.get_all("License") or [])[:1])
    classes = [line.rsplit(" :: ", 1)[-1] for line in says.get_all("Classifier") or [] if line.startswith("License ::")]
    if given and len(given) < 80 and "\n" not in given:
        return given
    return ", ".join(classes) or "see the text"


def _python(text: Path, target: Path) -> Work:
    shutil.copyfile(text, target / "python.txt")
    return Work("python", "", "PSF-2.0", "python.txt")


def _summarise(works: list[Work], target: Path) -> None:
    lines = [f"  {work.name} {work.version}".ljust(36) + f"{work.licence}: {work.file}" for work in sorted(works)]
    text = _HEAD.format(name=product.NAME) + "\n".join(lines) + "\n"
    (target / SUMMARY).write_text(text, encoding="utf-8", newline="\n")


def _debian_package(library: str) -> str:
    code, output = run_quietly(("dpkg-query", "-S", f"*/{library}"))
    lines = [line for line in output.splitlines() if line.endswith(f"/{library}") and not line.startswith("diversion ")]
    if code != 0 or not lines:
        raise SetupError(
            f"No installed package has {library}, which the frozen program carries; build on Debian or Ubuntu, "
            "where its licence lies beside it."
        )
    return lines[0].split(":", 1)[0]
