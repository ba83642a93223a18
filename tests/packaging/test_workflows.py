"""The workflows are held against their schema, read as an attacker would, and compared with what the checkout can do."""

import re
import subprocess
import sys
from fnmatch import fnmatch
from itertools import combinations
from pathlib import Path
from typing import Any

import dev
import pytest
from deskdev.commands import COMMANDS
from deskdev.environment import CHECKOUT
from deskpack import commands, product, sbom
from deskpack.linux import appimage, flatpak
from deskpack.macos import building, dry
from ruamel.yaml import YAML

GITHUB = CHECKOUT / ".github"
WORKFLOWS = sorted((GITHUB / "workflows").glob("*.yml"))
RELEASE = GITHUB / "workflows" / "release.yml"

PINNED = re.compile(r"uses: ([\w/-]+)@([0-9a-f]{40}) # v(\d+\.\d+\.\d+)$", re.MULTILINE)
BY_VERSION = re.compile(r"uses: ([\w/-]+)@v(\d+\.\d+\.\d+)$", re.MULTILINE)


def read(file: Path) -> dict[str, Any]:
    return YAML(typ="safe").load(file)


def jobs() -> dict[str, dict[str, Any]]:
    return {f"{file.stem}: {name}": job for file in WORKFLOWS for name, job in read(file)["jobs"].items()}


def steps() -> list[tuple[str, dict[str, Any]]]:
    return [(name, step) for name, job in jobs().items() for step in job["steps"]]


def tool(name: str, *arguments: str | Path) -> None:
    program = Path(sys.executable).with_name(name)
    done = subprocess.run([program, *arguments], check=False, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, done.stdout + done.stderr


def called() -> list[str]:
    """Every call of the set-up script in a workflow, without what comes before it."""
    lines = [line for _, step in steps() for line in step.get("run", "").splitlines()]
    return [found for line in lines for found in re.findall(r"packaging/dev\.py ([^;|&]+)", line)]


def test_an_attacker_finds_nothing_in_them():
    tool("zizmor", "--offline", "--persona", "auditor", "--no-progress", GITHUB)


@pytest.mark.parametrize("schema", ["vendor.github-workflows", "custom.github-workflows-require-timeout"])
def test_they_are_what_their_schema_says(schema):
    tool("check-jsonschema", "--builtin-schema", schema, *WORKFLOWS)


def test_dependabot_is_told_what_its_schema_says():
    tool("check-jsonschema", "--builtin-schema", "vendor.dependabot", GITHUB / "dependabot.yml")


class TestWhatTheyCall:
    def test_exists(self):
        calls = called()
        assert {call.split()[0] for call in calls} == {"test", "package", "check-package", "sbom"}
        assert {call.split()[0] for call in calls} <= COMMANDS.keys()
        packaged = {call.split()[1] for call in calls if call.startswith("package ")}
        assert packaged == set(commands.SYSTEMS)

    @pytest.mark.parametrize("call", sorted({call for call in called() if "--" in call}))
    def test_takes_the_options_that_it_is_given(self, call):
        words = call.split()
        command = words[: 2 if words[0] == "package" else 1]
        script = CHECKOUT / "packaging" / "dev.py"
        done = subprocess.run([sys.executable, script, *command, "--help"], check=True, capture_output=True, text=True)
        for option in re.findall(r"--[\w-]+", call):
            assert re.search(rf"{option}\b", done.stdout), f"{' '.join(command)} does not know {option}"

    def test_is_run_with_a_python_that_deskhand_supports(self):
        shipped = read(RELEASE)["env"]["PYTHON"]
        assert dev.version_problem(tuple(map(int, shipped.split(".")))) is None
        assert shipped == dry.PYTHON
        tried = read(GITHUB / "workflows" / "test.yml")["jobs"]["test"]["strategy"]["matrix"]["python"]
        assert [tuple(map(int, version.split("."))) for version in tried] == [dev.OLDEST, dev.NEWEST]


class TestPackages:
    NAMES = (
        *(building.image_name(machine) for machine in dry.MACHINES),
        appimage.file_name("x86_64"),
        flatpak.file_name("x86_64"),
        *(sbom.file_name(*each) for each in (("linux", "x86_64"), ("win32", "amd64"), ("darwin", "arm64"))),
    )

    def test_of_every_kind_are_checked_by_the_job_that_makes_them(self):
        checked = {found for _, step in steps() for found in re.findall(r"dist/\*(\.[\w.]+)", step.get("run", ""))}
        assert {Path(f"x{end}").suffix for end in checked} == commands.CHECKS.keys() - {".app"}

    def test_of_all_jobs_may_lie_in_one_folder(self):
        assert len(set(self.NAMES)) == len(self.NAMES)
        assert all(product.version() in name for name in self.NAMES)
        assert all(re.fullmatch(r"[\w.-]+", name) for name in self.NAMES)

    def test_reach_the_release_by_the_names_under_which_they_were_kept(self):
        kept = [step["with"]["name"] for _, step in steps() if "upload-artifact" in step.get("uses", "")]
        fetched = [step["with"] for _, step in steps() if "download-artifact" in step.get("uses", "")]
        kept = [name.replace("${{ matrix.machine }}", machine) for name in kept for machine in dry.MACHINES]
        for wanted in fetched:
            assert any(fnmatch(name, wanted.get("pattern") or wanted["name"]) for name in kept), wanted

    def test_of_all_systems_are_waited_for(self):
        every = read(RELEASE)["jobs"]
        assert set(every["attest"]["needs"]) == every.keys() - {"attest", "draft"}

    def test_are_built_for_both_kinds_of_mac(self):
        matrix = read(RELEASE)["jobs"]["macos"]["strategy"]["matrix"]["include"]
        assert {each["machine"] for each in matrix} == set(dry.MACHINES)


class TestPermissions:
    def test_are_none_unless_a_job_names_them(self):
        assert all(read(file)["permissions"] == {} for file in WORKFLOWS)
        assert all("permissions" in job for job in jobs().values())

    def test_to_write_are_had_by_the_few_jobs_that_need_them(self):
        writing = {
            (name, scope)
            for name, job in jobs().items()
            for scope, kind in job["permissions"].items()
            if kind == "write"
        }
        assert writing == {
            ("release: windows-signed", "id-token"),
            ("release: attest", "id-token"),
            ("release: attest", "attestations"),
            ("release: draft", "contents"),
        }

    def test_to_use_secrets_are_had_by_one_step_of_a_tag(self):
        using = [(name, step) for name, step in steps() if "secrets." in str(step)]
        assert [name for name, _ in using] == ["release: macos"]
        assert "github.ref_type == 'tag'" in using[0][1]["if"]

    def test_of_the_checkout_end_with_it(self):
        taken = [step for _, step in steps() if step.get("uses", "").startswith("actions/checkout@")]
        assert taken
        assert all(step["with"] == {"persist-credentials": False} for step in taken)


class TestActions:
    TEXT = "\n".join(file.read_text(encoding="utf-8") for file in WORKFLOWS)

    def test_are_named_by_hash_and_version_or_are_on_the_list_of_those_that_are_not(self):
        loose = set(re.findall(r"uses: (\S+@\S+)", self.TEXT))
        loose -= {f"{name}@{commit}" for name, commit, _ in PINNED.findall(self.TEXT)}
        named = {f"{name}@v{version}" for name, version in BY_VERSION.findall(self.TEXT)}
        policies = read(GITHUB / "zizmor.yml")["rules"]["unpinned-uses"]["config"]["policies"]
        assert loose == named
        assert {name.split("@")[0] for name in named} == {name for name, kind in policies.items() if kind == "ref-pin"}

    def test_hashes_are_recorded_with_where_they_were_verified(self):
        record = (GITHUB / "zizmor.yml").read_text(encoding="utf-8")
        for name, commit, version in set(PINNED.findall(self.TEXT)):
            line = re.search(rf"#   {name} v{version} +{commit} +(.+)", record)
            assert line is not None, f"{name} {version}"
            assert len({place.split("/")[0] for place in line[1].split(", ")}) >= 3

    def test_are_of_one_version_each(self):
        assert not [
            (one, other) for one, other in combinations(set(PINNED.findall(self.TEXT)), 2) if one[0] == other[0]
        ]


class TestJobs:
    def test_end_by_themselves_on_a_system_that_is_named_with_its_version(self):
        for name, job in jobs().items():
            assert 0 < job["timeout-minutes"] <= 120, name
            matrix = job.get("strategy", {}).get("matrix", {})
            systems = [each["system"] for each in matrix.get("include", ())] or matrix.get("system") or [job["runs-on"]]
            assert not [system for system in systems if "latest" in system], name

    def test_put_nothing_from_outside_into_a_script(self):
        assert not [name for name, step in steps() if "${{" in step.get("run", "")]

    def test_of_two_runs_do_not_meet(self):
        assert all("github.ref" in read(file)["concurrency"]["group"] for file in WORKFLOWS)
