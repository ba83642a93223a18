"""The set-up script: who is told what, what the locks hold, and that a second run does nothing."""

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import dev
import pytest
from deskdev import commands, debian
from deskdev.environment import CHECKOUT, DEVELOPMENT, PACKAGE, RUNTIME, Environment, pip_problem
from deskdev.steps import SetupError, last_line
from tests.helpers import required_programs

LOCKS = (RUNTIME, DEVELOPMENT, PACKAGE)


def lock_text(name: str) -> str:
    return (CHECKOUT / "packaging" / name).read_text(encoding="utf-8")


def pins(name: str) -> dict[str, str]:
    return dict(re.findall(r"^([A-Za-z0-9._-]+)==([^ ;\\]+)", lock_text(name), re.MULTILINE))


def dev_py(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(CHECKOUT / "packaging" / "dev.py"), *arguments]
    return subprocess.run(command, check=False, capture_output=True, text=True, timeout=60)


@pytest.mark.parametrize("version", [(3, 6), (3, 10), (3, 15), (4, 0)])
def test_an_unfit_python_is_named_in_one_sentence(version):
    problem = dev.version_problem(version)

    assert problem == f"Deskhand needs Python 3.11 to 3.14; this is {version[0]}.{version[1]}."


@pytest.mark.parametrize("minor", [11, 12, 13, 14])
def test_every_supported_python_is_let_through(minor):
    assert dev.version_problem((3, minor)) is None


def test_the_supported_pythons_are_those_of_the_project():
    required = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["requires-python"]

    assert required == f">={'.'.join(map(str, dev.OLDEST))},<{dev.NEWEST[0]}.{dev.NEWEST[1] + 1}"


def test_the_script_can_be_read_by_an_old_python():
    source = (CHECKOUT / "packaging" / "dev.py").read_text(encoding="utf-8")

    # 3.7 is the oldest grammar that there is a switch for.
    assert ast.parse(source, feature_version=(3, 7)).body


def test_a_missing_library_is_turned_into_its_package():
    gone = {"libGL.so.1", "libxcb-cursor.so.0"}

    packages = debian.missing_packages(debian.WINDOW, lambda need: need.name not in gone)

    assert packages == ("libgl1", "libxcb-cursor0")


def test_a_complete_system_needs_no_package():
    needs = debian.WINDOW + debian.TESTS + debian.FREEZING
    assert debian.missing_packages(needs, lambda _need: True) == ()


@pytest.mark.skipif(sys.platform != "linux", reason="looks at a Linux system")
class TestProgramsThatTheSuiteStarts:
    def test_one_that_nothing_installs_is_not_started(self, tmp_path):
        assert required_programs.system_program("/usr/bin/deskhand-unheard-of", (), None) == "deskhand-unheard-of"
        with pytest.raises(required_programs.UnknownProgram, match="Nothing installs dpkg-split"):
            subprocess.run(["dpkg-split", "--version"], check=False)

    @pytest.mark.needs("dpkg-split")
    def test_one_that_the_test_names_is_started(self):
        assert subprocess.run(["dpkg-split", "--version"], check=False, capture_output=True).returncode == 0

    def test_python_and_what_a_test_made_itself_are_no_programs_of_the_system(self, tmp_path):
        stand_in = tmp_path / "codesign"
        stand_in.write_text("#!/bin/sh\n")
        stand_in.chmod(0o755)
        assert required_programs.system_program(None, ["codesign"], {"PATH": str(tmp_path)}) is None
        assert required_programs.system_program(None, [sys.executable, "-V"], None) is None


def test_a_package_that_brings_several_missing_things_is_asked_for_once():
    needs = (debian.Need("x11-utils", "program", "xprop"), debian.Need("x11-utils", "program", "xwininfo"))

    assert debian.missing_packages(needs, lambda _need: False) == ("x11-utils",)


@pytest.mark.parametrize(
    "need",
    [
        debian.Need("none", "library", "libdeskhand-not-there.so.7"),
        debian.Need("none", "program", "deskhand-not-there"),
        debian.Need("none", "module", "deskhand_not_there"),
        debian.Need("none", "file", "usr/share/deskhand-not-there/*"),
    ],
    ids=lambda need: need.kind,
)
def test_what_is_not_there_is_found_missing(need):
    assert not debian.is_there(need)


@pytest.mark.skipif(sys.platform != "linux", reason="looks at a Linux system")
def test_what_is_there_is_found():
    assert debian.is_there(debian.Need("libc6", "library", "libc.so.6"))
    assert debian.is_there(debian.Need("dash", "program", "sh"))
    assert debian.is_there(debian.Need("python3", "module", "json"))
    assert debian.is_there(debian.Need("base-files", "file", "etc/[p]asswd"))


def test_without_a_package_that_is_only_wished_for_it_is_said_what_is_seen_and_not_refused():
    (font,) = [need.package for need in debian.WINDOW if need.otherwise]
    (words,) = debian.notes_without([font], debian.WINDOW)
    assert words.startswith(f"Without the system package {font} Chinese")
    assert debian.notes_without([font, "libgl1"], debian.WINDOW) == ()


def test_debian_keeps_virtual_environments_in_a_package_with_the_version_in_its_name():
    assert debian.venv_need(11).package == "python3.11-venv"


@pytest.mark.parametrize("name", LOCKS)
def test_every_locked_package_has_hashes(name):
    blocks = re.split(r"(?m)^(?=[A-Za-z0-9])", lock_text(name))
    packages = [block for block in blocks if block.strip()]

    assert len(packages) > 20
    for block in packages:
        assert re.match(r"[A-Za-z0-9._-]+==\S+", block), block[:60]
        assert "--hash=sha256:" in block, block[:60]


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_holds_no_address_and_no_path(name):
    text = lock_text(name)

    assert "://" not in text
    assert not re.search(r"(?m)^\s*(--index-url|--extra-index-url|--find-links|-i |-f |/)", text)


def test_the_development_lock_contains_the_runtime_lock():
    assert pins(RUNTIME).items() <= pins(DEVELOPMENT).items()


def test_every_direct_dependency_is_locked():
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))
    names = [re.split(r"[<>=~!;\[ ]", line)[0].lower() for line in project["project"]["dependencies"]]
    development = [re.split(r"[<>=~!;\[ ]", line)[0].lower() for line in project["dependency-groups"]["dev"]]

    assert set(names) <= set(pins(RUNTIME))
    assert set(names + development) <= set(pins(DEVELOPMENT))


def test_every_dependency_says_why_it_is_there():
    lines = (CHECKOUT / "pyproject.toml").read_text(encoding="utf-8").splitlines()
    start = lines.index("dependencies = [")
    development = lines.index("dev = [")
    wanting = []
    for first in (start, development):
        last = lines.index("]", first)
        for number in range(first + 1, last):
            before = lines[number - 1].strip()
            # A helper of the line above shares its reason: the build backend's second half.
            if lines[number].strip().startswith('"') and not before.startswith(("#", '"hatchling')):
                wanting.append(lines[number].strip())

    assert wanting == []


def test_an_unreachable_index_is_said_in_the_words_of_the_reader():
    output = (
        "WARNING: Retrying (Retry(total=1)) after connection broken by 'NewConnectionError(...)'\n"
        "ERROR: Could not find a version that satisfies the requirement nh3==0.3.7\n"
        "ERROR: No matching distribution found for nh3==0.3.7\n"
    )

    problem = pip_problem(output)

    assert problem.startswith(
        "The package index cannot be reached; connect to the internet and run the same command again."
    )
    assert "No matching distribution found for nh3==0.3.7" in problem


def test_apt_without_a_network_asks_for_one_and_other_trouble_says_what_to_run():
    offline = debian.apt_problem(
        "Err:1 mirror\nE: Failed to fetch x.deb  Temporary failure\nE: Unable to fetch\n", "run: y"
    )
    locked = debian.apt_problem("E: dpkg was interrupted\n", "run: sudo apt-get install -y libgl1")

    assert offline.startswith("The system's packages cannot be fetched; connect to the internet")
    assert locked == (
        "apt-get could not install the system packages (E: dpkg was interrupted); run: sudo apt-get install -y libgl1"
    )


def test_a_package_that_was_tampered_with_is_not_called_a_network_problem():
    problem = pip_problem("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.\n")

    assert problem.startswith("pip could not install the locked packages")
    assert "DO NOT MATCH" in problem


def test_the_last_line_is_the_last_that_says_something():
    assert last_line("E: first\nE: second\nhint\n\n", "E:") == "E: second"
    assert last_line("one\ntwo\n\n", "E:") == "two"
    assert last_line("") == "no message"


def make_checkout(folder: Path) -> Path:
    """A checkout with empty locks, so that setting it up needs no network."""
    (folder / "packaging").mkdir()
    for name in LOCKS:
        (folder / "packaging" / name).write_text("")
    program = folder / "src" / "deskhand"
    program.mkdir(parents=True)
    (program / "__init__.py").write_text("")
    (program / "__main__.py").write_text("import sys\nprint('started with', *sys.argv[1:])\n")
    return folder


def test_a_fresh_checkout_is_set_up_once_and_again_only_for_a_changed_lock(tmp_path, capsys):
    environment = Environment(make_checkout(tmp_path))

    environment.ensure(DEVELOPMENT)
    assert re.search(r"Making \.venv with Python [\d.]+ \.\.\. done in [\d.]+ s", capsys.readouterr().out)

    launcher = environment.scripts / ("deskhand.cmd" if environment.windows else "deskhand")
    for command in ([environment.python, "-m", "deskhand"], [launcher]):
        shown = subprocess.run([*command, "demo", "a b"], check=True, capture_output=True, text=True)
        assert shown.stdout.strip() == "started with demo a b"

    environment.ensure(DEVELOPMENT)
    environment.ensure(RUNTIME)
    assert capsys.readouterr().out == "Python environment: nothing to do\n" * 2

    environment.lock(DEVELOPMENT).write_text("# changed\n")
    environment.ensure(DEVELOPMENT)
    said = capsys.readouterr().out
    assert "Installing packages from packaging/requirements-dev.txt" in said
    assert "Making .venv" not in said


def test_an_environment_that_does_not_work_or_was_moved_is_made_anew(tmp_path, capsys):
    original = tmp_path / "original"
    original.mkdir()
    environment = Environment(make_checkout(original))
    environment.folder.mkdir()
    (environment.folder / "leftover").write_text("")

    environment.ensure(RUNTIME)
    assert "Removing .venv" in capsys.readouterr().out
    assert environment.is_usable()

    moved = Environment(tmp_path / "moved")
    original.rename(moved.checkout)
    assert not moved.is_usable()


def test_a_checkout_that_cannot_be_written_to_is_said_in_one_sentence(tmp_path):
    (tmp_path / "packaging").mkdir()
    # A file where the checkout's folder should be refuses even root, as a read-only disk would.
    in_the_way = tmp_path / "packaging" / "a-file"
    in_the_way.write_text("")

    with pytest.raises(SetupError, match=r"^Deskhand cannot write to .*; use a copy of the checkout") as refused:
        Environment(in_the_way).ensure(RUNTIME)

    assert "\n" not in str(refused.value)


def test_a_wrong_command_is_answered_with_the_right_ones():
    answer = dev_py("dmeo")

    assert answer.returncode == 2
    assert answer.stderr.startswith("There is no command 'dmeo'.")
    for name in commands.COMMANDS:
        assert f"  {name} " in answer.stderr


def test_help_lists_every_command_with_what_it_does():
    answer = dev_py("--help")

    assert answer.returncode == 0
    assert answer.stdout.count("\n") == len(commands.COMMANDS) + 1


@pytest.mark.parametrize("name", commands.COMMANDS)
def test_help_of_a_command_says_what_it_does_and_does_nothing(name):
    answer = dev_py(name, "--help")

    assert (answer.returncode, answer.stderr) == (0, "")
    assert answer.stdout.lower().startswith("usage: ")
    assert f"dev.py {name}" in answer.stdout
    assert "Setting up" not in answer.stdout


def test_the_checks_summary_names_the_one_that_failed():
    assert commands.summary({"mypy": False, "ruff check": True}) == "mypy FAILED, ruff check passed"


def test_continuous_integration_calls_the_test_command_and_nothing_else():
    lines = (CHECKOUT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    calls = [line for line in lines if line and not line.startswith(("#", "set ", "cd "))]

    assert calls == ["exec python3 packaging/dev.py test"]


def test_the_hooks_before_a_commit_run_what_the_checks_run():
    hooks = re.findall(r"entry: (.+)", (CHECKOUT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    source = (CHECKOUT / "packaging" / "deskdev" / "commands.py").read_text(encoding="utf-8")
    assert len(hooks) == 7
    for hook in hooks:
        program = hook.removeprefix(".venv/bin/python -m ").removeprefix(".venv/bin/").split()
        assert all(f'"{word}"' in source for word in program), hook
