"""The list of what a package carries (SBOM): complete, the same each time, and as scanners want it."""

import json
import sys
from typing import Any

import pytest
from deskdev.environment import PACKAGE, RUNTIME, Environment
from deskdev.steps import SetupError
from deskpack import freezing, locked, sbom
from deskpack.licences import Work

LOCK = locked.packages(Environment().lock(PACKAGE))


@pytest.fixture(scope="module")
def listed(tmp_path_factory):
    file = sbom.write(tmp_path_factory.mktemp("sbom"))
    return json.loads(file.read_text(encoding="utf-8"))


@pytest.mark.timeout(300)
class TestList:
    def test_names_every_package_of_the_program_that_is_wanted_here(self, listed):
        wanted = {package.name for package in locked.packages(Environment().lock(RUNTIME)) if not package.marker}
        named = {component["name"] for component in listed["components"]}
        assert wanted <= named
        assert {"python", "qt", "openssl", "pyinstaller"} <= named

    def test_names_no_tool_that_leaves_nothing_behind(self, listed):
        assert not {"pillow", "cyclonedx-bom", "macholib", "ruff"} & {part["name"] for part in listed["components"]}

    def test_says_version_licence_and_place_of_each(self, listed):
        for part in listed["components"]:
            assert part["version"] in part["purl"]
            assert part["licenses"], part["name"]
        versions = {part["name"]: part["version"] for part in listed["components"]}
        assert versions["qt"] == versions["pyside6-essentials"]
        assert versions["python"].startswith("{}.{}.".format(*sys.version_info[:2]))

    def test_bears_the_hashes_of_the_lock(self, listed):
        hashes = {package.name: set(package.hashes) for package in LOCK}
        for part in listed["components"]:
            given = {one["content"] for each in part.get("externalReferences", ()) for one in each["hashes"]}
            assert given == hashes.get(part["name"], set())

    def test_says_who_wants_what_down_from_the_program(self, listed):
        wants = {each["ref"]: set(each["dependsOn"]) for each in listed["dependencies"]}
        assert {"httpx", "keyring", "pyside6-essentials", "python"} <= wants["deskhand"]
        reached, waiting = set(), ["deskhand"]
        while waiting:
            name = waiting.pop()
            reached.add(name)
            waiting += wants.get(name, set()) - reached
        # PyInstaller's starter is put before the program, which does not ask for it.
        assert {part["name"] for part in listed["components"]} - reached <= {"pyinstaller"}

    def test_that_is_not_as_scanners_want_it_is_refused(self, listed, tmp_path):
        file = tmp_path / "spoilt.cdx.json"
        file.write_text(json.dumps(listed | {"components": [{"name": "without a type"}]}), encoding="utf-8")
        with pytest.raises(SetupError, match="no CycloneDX list"):
            sbom.validate(freezing.environment(), file)


WORKS = (Work("httpx", "0.28.1", "BSD-3-Clause", "httpx.txt"), Work("nh3", "0.3.7", "a licence of its own", "nh3.txt"))


def test_the_same_contents_give_the_same_list():
    assert sbom.describe(WORKS, LOCK) == sbom.describe(tuple(reversed(WORKS)), LOCK)


def test_other_contents_give_a_list_with_another_number():
    assert sbom.describe(WORKS, LOCK)["serialNumber"] != sbom.describe(WORKS[:1], LOCK)["serialNumber"]


def test_a_licence_without_a_known_name_is_listed_in_words():
    components: Any = sbom.describe(WORKS, LOCK)["components"]
    parts = {part["name"]: part["licenses"] for part in components}
    assert parts["httpx"] == [{"expression": "BSD-3-Clause"}]
    assert parts["nh3"] == [{"license": {"name": "a licence of its own"}}]


def test_lists_of_different_systems_have_different_names():
    names = {
        sbom.file_name(system, machine) for system in ("linux", "win32", "darwin") for machine in ("x86_64", "arm64")
    }
    assert len(names) == 6


def test_every_package_of_a_lock_is_read():
    text = Environment().lock(PACKAGE).read_text(encoding="utf-8")
    assert len(LOCK) == sum("==" in line and not line.startswith((" ", "#")) for line in text.splitlines())
    assert all(package.hashes and package.wanted_by for package in LOCK)
    assert next(package for package in LOCK if package.name == "jeepney").marker == "sys_platform == 'linux'"
