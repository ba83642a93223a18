"""The frozen program, made here and started: it must have everything that a checkout has, and nothing of this machine.

The short form of what `check-package` proves. Freezing takes most of it (about a minute on two cores).
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from deskdev import debian
from deskdev.environment import CHECKOUT
from deskpack import freezing, leaks
from deskpack.linux import building

pytestmark = [
    pytest.mark.skipif(
        sys.platform != "linux", reason="the other systems' packages are built and checked in the release workflow"
    ),
    pytest.mark.needs("dpkg-deb", *(need.name for need in debian.FREEZING)),
    pytest.mark.timeout(600),
]

MEGABYTE = 1_000_000


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory) -> Path:
    """The tree of a .deb that was just built."""
    folder = tmp_path_factory.mktemp("package")
    (package,) = building.build(("--only", "deb", "--quick", "--into", str(folder)))
    tree = folder / "tree"
    subprocess.run(["dpkg-deb", "-x", package, tree], check=True)
    return tree


@pytest.fixture(scope="module")
def program(unpacked) -> Path:
    return unpacked / "usr" / "lib" / "deskhand" / "deskhand"


def run(command: list[str | Path], *arguments: str, code: int = 0) -> str:
    plain = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "LD_"))}
    done = subprocess.run(
        [*command, *arguments],
        check=False,
        capture_output=True,
        text=True,
        env=plain | {"QT_QPA_PLATFORM": "offscreen"},
        timeout=240,
    )
    assert done.returncode == code, f"{done.stdout}\n{done.stderr}"
    return done.stdout


def doctor(command: list[str | Path], folder: Path) -> dict[str, tuple[bool | None, str]]:
    folder.mkdir()
    words = folder / "passphrase"
    words.write_text("correct-horse-battery-7431\n", encoding="utf-8")
    vault = ("--vault", "passphrase", "--passphrase-file", str(words))
    findings = json.loads(run(command, "--profile", str(folder / "profile"), *vault, "doctor", "--json"))
    return {finding["check"]: (finding["well"], finding["words"]) for finding in findings}


def test_the_package_starts_and_says_its_version(program):
    assert run([program], "--version").startswith("Deskhand ")


def test_the_frozen_program_has_what_the_checkout_has(program, tmp_path):
    frozen = doctor([program], tmp_path / "frozen")
    source = doctor([freezing.environment().python, "-m", "deskhand"], tmp_path / "source")
    of_the_place = {"Database", "Clock"}
    assert {k: v for k, v in frozen.items() if k not in of_the_place} == {
        k: v for k, v in source.items() if k not in of_the_place
    }
    assert {name for name, (well, _) in frozen.items() if well is False} == set()


@pytest.mark.needs("dbus-run-session", "gnome-keyring-daemon", "gdbus")
def test_a_keyring_keeps_the_secrets_of_the_frozen_program(program, tmp_path):
    for name in ("data", "config", "runtime"):
        (tmp_path / name).mkdir(mode=0o700)
    places = {f"XDG_{name.upper()}_HOME": str(tmp_path / name) for name in ("data", "config")}
    places |= {"HOME": str(tmp_path), "XDG_RUNTIME_DIR": str(tmp_path / "runtime"), "PATH": os.environ["PATH"]}
    inside = """
        echo password | gnome-keyring-daemon --unlock --components=secrets > /dev/null 2>&1
        gdbus wait --session --timeout 20 org.freedesktop.secrets
        QT_QPA_PLATFORM=offscreen "$0" --profile "$1" doctor --json
    """
    command = ["dbus-run-session", "--", "sh", "-ec", inside, program, tmp_path / "profile"]
    done = subprocess.run(command, check=False, capture_output=True, text=True, env=places, timeout=120)
    findings = {finding["check"]: finding for finding in json.loads(done.stdout)}
    assert findings["Secrets"]["well"] is True, findings["Secrets"]["words"]
    assert findings["Database"]["well"] is True, findings["Database"]["words"]


def test_the_frozen_program_answers_tickets_of_every_vendor(program, tmp_path):
    told = run([program], "demo", "--offscreen", "--pictures", str(tmp_path))
    assert told.splitlines()[-1] == "Every step held."


def test_no_start_of_the_packaged_program_compiles_what_shiboken_carries(program):
    """Every Python file inside shiboken lies beside it, compiled."""
    support = program.parent / "_internal" / "shiboken6" / "files.dir"
    carried = freezing.environment().python.parents[1] / "lib"
    (source,) = carried.glob("python*/site-packages/shiboken6/files.dir")
    wanted = {file.relative_to(source).with_suffix(".pyc") for file in source.rglob("*.py")}
    assert Path("shibokensupport/signature/loader.pyc") in wanted
    assert {file.relative_to(support) for file in support.rglob("*.*")} == wanted


def test_the_package_is_small_and_carries_nothing_that_is_not_used(program):
    folder = program.parent
    assert freezing.size_of(folder) < 130 * MEGABYTE
    names = {path.relative_to(folder).as_posix() for path in folder.rglob("*")}
    unwanted = ("Qml", "Quick", "gtk", "qtiff", "qtga", "click", "rich", "h2", "pytest", "mypy", "PIL", "site-packages")
    assert [name for name in names if any(word in name.split("/")[-1] for word in unwanted)] == []


def test_nothing_in_the_package_names_the_machine_that_built_it(unpacked):
    assert os.fsencode(CHECKOUT) in leaks.build_places()
    assert list(leaks.leaks_in(unpacked)) == []
