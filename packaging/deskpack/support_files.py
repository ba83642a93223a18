"""The Python files that shiboken carries inside a library as text, compiled for the package.

Otherwise every start of Qt compiles them: 100 million instructions, a fifteenth of the program's start. In a checkout shiboken lays them
beside itself (`deskdev.environment.unpack_support`), and Python keeps what it compiled there. A package lies where nobody may write, and
times of its files change on the way to it; so it gets the compiled files alone.
"""

import py_compile
import shutil
import sys
from importlib.util import find_spec
from pathlib import Path

from deskdev.environment import unpack_support

FOLDER = "shiboken6/files.dir"
"""Where shiboken looks for them, in a folder with packages."""


def compiled(target: Path) -> list[tuple[str, str]]:
    """Compile the files of the running Python's shiboken; what was in the folder is replaced.

    Returns:
        Each file and the folder of the package that it goes to, as PyInstaller takes them; nothing where shiboken lays none out: then
        it uses what it carries.
    """
    found = find_spec("shiboken6")
    if found is None or found.origin is None:
        return []
    source = Path(found.origin).parent / "files.dir"
    if not source.is_dir():
        unpack_support(Path(sys.executable))
    shutil.rmtree(target, ignore_errors=True)
    return [_compiled(file, file.relative_to(source), target) for file in sorted(source.rglob("*.py"))]


def _compiled(file: Path, name: Path, target: Path) -> tuple[str, str]:
    made = target / name.with_suffix(".pyc")
    made.parent.mkdir(parents=True, exist_ok=True)
    # The name is what a traceback shows: it must not be a folder of this machine.
    mode = py_compile.PycInvalidationMode.UNCHECKED_HASH
    py_compile.compile(str(file), str(made), name.as_posix(), doraise=True, invalidation_mode=mode)
    return str(made), f"{FOLDER}/{name.parent.as_posix()}"
