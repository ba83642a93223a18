"""The Flatpak: the frozen folder on the freedesktop runtime, with the permissions of `packaging/flatpak/ID.yml` and no other.

What every machine with flatpak-builder can do is to lay the tree out and read the manifest. The rest takes the runtime and the SDK
(1 GB), which come from a Flatpak remote: where they are installed the bundle is built, elsewhere what is missing is said.
"""

import argparse
import json
import platform
import shutil
from collections.abc import Sequence
from pathlib import Path

from deskdev import debian
from deskdev.environment import CHECKOUT
from deskdev.steps import SetupError, last_line, note, run_quietly, step

from deskpack import freezing, product
from deskpack.linux import building

TOOLS = (debian.Need("flatpak-builder", "program", "flatpak-builder"), debian.Need("flatpak", "program", "flatpak"))

MANIFEST = CHECKOUT / "packaging" / "flatpak" / f"{product.IDENTIFIER}.yml"

PLACE = freezing.BUILD / "flatpak"

_REMOTE = f"{product.COMMAND}-build"


def build(arguments: Sequence[str]) -> Sequence[Path]:
    """Build the bundle, where the runtime is installed; elsewhere lay it out, read the manifest, and return nothing.

    Raises:
        SetupError: this is not Linux, a tool is missing, or a step failed.
    """
    parser = argparse.ArgumentParser(prog="dev.py package flatpak", description=build.__doc__)
    parser.add_argument("--frozen", type=Path, metavar="DIR", help="take this frozen folder instead of freezing anew")
    parser.add_argument(
        "--remote", metavar="FILE", help="a .flatpakrepo, by path or address, to install the runtime from"
    )
    parser.add_argument("--into", type=Path, default=freezing.DIST, metavar="DIR", help="where it goes (dist)")
    parsed = parser.parse_args(arguments)
    if platform.system() != "Linux":
        raise SetupError("A Flatpak is built on Linux.")
    debian.ensure(TOOLS)
    with step("Reading the manifest"):
        wanted = manifest()
    frozen = freezing.frozen(parsed.frozen)
    lay_out(frozen, PLACE / "tree")
    missing = [name for name in runtimes(wanted) if run_quietly(("flatpak", "info", name))[0] != 0]
    if missing and parsed.remote:
        with step(f"Installing {' and '.join(missing)} for this user"):
            _run("flatpak", "remote-add", "--user", "--if-not-exists", _REMOTE, parsed.remote)
            _run("flatpak", "install", "--user", "--noninteractive", "--assumeyes", _REMOTE, *missing)
        missing = []
    if missing:
        note(f"No Flatpak: {' and '.join(missing)} are not installed; name a remote that has them by --remote.")
        return ()
    parsed.into.mkdir(parents=True, exist_ok=True)
    made = parsed.into.resolve() / file_name()
    with step(f"Building {made.name}"):
        repository = PLACE / "repository"
        # Without its own sandbox around the build commands, because a container may not make one inside.
        options = ("--user", "--force-clean", "--disable-cache", "--disable-rofiles-fuse", f"--repo={repository}")
        _run("flatpak-builder", *options, PLACE / "build", MANIFEST)
        _run("flatpak", "build-bundle", repository, made, product.IDENTIFIER)
    return (made,)


def file_name(machine: str | None = None) -> str:
    """Return what the bundle for a processor is called."""
    return f"{product.NAME}-{product.version()}-{machine or platform.machine()}.flatpak"


def manifest() -> dict[str, object]:
    """Return the manifest as flatpak-builder reads it.

    Raises:
        SetupError: it does not read it, or does not know a key in it.
    """
    code, output = run_quietly(("flatpak-builder", "--show-manifest", MANIFEST), folder=_place())
    begin = output.find("{")
    if code != 0 or begin < 0 or "Unknown property" in output:
        raise SetupError(f"flatpak-builder does not understand {MANIFEST.name}: {last_line(output, '**')}")
    return dict(json.loads(output[begin:]))


def runtimes(manifest: dict[str, object]) -> tuple[str, str]:
    """Return the runtime and the SDK that a manifest builds with, as `flatpak install` wants them named."""
    machine, branch = platform.machine(), manifest["runtime-version"]
    return f"{manifest['runtime']}/{machine}/{branch}", f"{manifest['sdk']}/{machine}/{branch}"


def lay_out(frozen: Path, target: Path) -> Path:
    """Lay out what the manifest copies, in the place of what was there, and return it."""
    shutil.rmtree(target, ignore_errors=True)
    with step("Laying the Flatpak's tree out"):
        folder = target / "lib" / product.COMMAND
        shutil.copytree(frozen, folder, symlinks=True)
        building.share(target / "share")
        building.settle(target, folder / product.COMMAND)
    return target


def _place() -> Path:
    """Return the folder in which flatpak-builder is called, because it keeps what it makes there."""
    PLACE.mkdir(parents=True, exist_ok=True)
    return PLACE


def _run(*command: str | Path) -> None:
    code, output = run_quietly(command, folder=_place())
    if code != 0:
        raise SetupError(f"{command[0]} failed: {last_line(output)}")
