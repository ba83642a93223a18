"""The Linux packages around a program that only looks like one: what they hold, what they say, and that a second build is the same."""

import argparse
import gzip
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from configparser import RawConfigParser
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from deskdev.environment import CHECKOUT, RUNTIME
from deskdev.steps import SetupError
from deskpack import changes, drawings, freezing, licences, product
from deskpack.check_program import judged
from deskpack.checking import Check, Failed, Report
from deskpack.leaks import leaks_in
from deskpack.linux import building, debs, depends, desktop, proof, roots, rpms, tarballs
from deskpack.linux.unpacked import Unpacked, missing_libraries

from deskhand.__main__ import parser
from deskhand.ui import app

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="Linux packages are built on Linux")

NEEDS = depends.Needs(frozenset({"libc.so.6", "libglib-2.0.so.0"}), frozenset({"GLIBC_2.4", "GLIBC_2.34"}))


@pytest.fixture
def frozen(tmp_path, monkeypatch) -> Path:
    """A folder like a frozen one; its program is one of the system's own."""
    folder = tmp_path / "frozen"
    texts = folder / "_internal" / licences.LICENCES
    texts.mkdir(parents=True)
    shutil.copy(Path("/bin/true").resolve(), folder / product.COMMAND)
    (folder / "_internal" / "module.py").write_text("")
    (folder / "_internal" / "module.py").chmod(0o600)
    (texts / licences.SUMMARY).write_text("  something 1: MIT: something.txt\n")
    (texts / "something.txt").write_text("Do what you like.\n")
    for size in drawings.SIZES:
        (tmp_path / "icons").mkdir(exist_ok=True)
        (tmp_path / "icons" / f"{size}.png").write_bytes(b"\x89PNG")
    monkeypatch.setattr(freezing, "BUILD", tmp_path)
    return folder


def unpacked(package: Path, target: Path) -> dict[str, Path]:
    subprocess.run(["dpkg-deb", "-x", package, target], check=True)
    return {path.relative_to(target).as_posix(): path for path in target.rglob("*") if not path.is_dir()}


def field(package: Path, name: str) -> str:
    return subprocess.run(["dpkg-deb", "-f", package, name], check=True, capture_output=True, text=True).stdout.strip()


@pytest.mark.needs("dpkg-deb", "readelf")
class TestDeb:
    def test_puts_every_file_where_the_system_looks_for_it(self, frozen, tmp_path):
        (package,) = building.packages(frozen, tmp_path / "dist", ("deb",), quick=True)
        files = unpacked(package, tmp_path / "tree")

        assert package.name == f"deskhand_{product.version()}_{debs.processor()}.deb"
        share = "usr/share"
        assert {
            "usr/bin/deskhand",
            "usr/lib/deskhand/deskhand",
            f"{share}/applications/io.github.deskhand.Deskhand.desktop",
            f"{share}/metainfo/io.github.deskhand.Deskhand.metainfo.xml",
            f"{share}/icons/hicolor/scalable/apps/io.github.deskhand.Deskhand.svg",
            f"{share}/icons/hicolor/48x48/apps/io.github.deskhand.Deskhand.png",
            f"{share}/man/man1/deskhand.1.gz",
            f"{share}/doc/deskhand/copyright",
            f"{share}/doc/deskhand/changelog.gz",
            f"{share}/doc/deskhand/licences/THIRD-PARTY.txt",
        } <= set(files)
        assert files["usr/bin/deskhand"].resolve() == files["usr/lib/deskhand/deskhand"]
        modes = {name: path.stat().st_mode & 0o777 for name, path in files.items() if not path.is_symlink()}
        assert [name for name, mode in modes.items() if mode != 0o644] == ["usr/lib/deskhand/deskhand"]

    def test_requires_no_keyring_and_recommends_one(self, frozen, tmp_path):
        (package,) = building.packages(frozen, tmp_path, ("deb",), quick=True)

        assert "keyring" not in field(package, "Depends")
        assert field(package, "Recommends").startswith("gnome-keyring | ")
        assert field(package, "Maintainer") == product.MAINTAINER

    def test_can_be_called_older_to_upgrade_from(self, frozen, tmp_path):
        (package,) = building.packages(frozen, tmp_path, ("deb",), quick=True)
        (tmp_path / "work").mkdir()
        older = debs.lowered(package, "0.0.1", tmp_path / "work")

        assert field(older, "Version") == "0.0.1"
        assert field(older, "Depends") == field(package, "Depends")


@pytest.mark.parametrize(
    "kind",
    [
        pytest.param("deb", marks=pytest.mark.needs("dpkg-deb", "readelf")),
        pytest.param("rpm", marks=pytest.mark.needs("rpmbuild", "readelf")),
        pytest.param("tar", marks=pytest.mark.needs("xz", "readelf")),
    ],
)
def test_a_package_is_the_same_to_the_last_byte_when_built_again(kind, frozen, tmp_path):
    (first,) = building.packages(frozen, tmp_path / "one", (kind,), quick=True)
    # Later, elsewhere, by somebody with other habits.
    copy = shutil.copytree(frozen, tmp_path / "copied later")
    (copy / "_internal" / "module.py").chmod(0o640)
    (copy / "_internal" / "module.py").touch()
    (second,) = building.packages(copy, tmp_path / "two", (kind,), quick=True)

    assert first.read_bytes() == second.read_bytes()


@pytest.mark.needs("rpmbuild", "rpm", "readelf")
def test_an_rpm_says_the_same_words_and_asks_for_libraries_not_for_names(frozen, tmp_path):
    (package,) = building.packages(frozen, tmp_path / "dist", ("rpm",), quick=True)
    told = subprocess.run(["rpm", "-qpiRl", package], check=True, capture_output=True, text=True).stdout

    assert package.name.startswith(f"deskhand-{product.version()}-1.")
    assert product.SUMMARY in told
    assert "\nlibc.so.6(GLIBC_" in told
    assert f"/usr/share/licenses/deskhand/{licences.LICENCES}/{licences.SUMMARY}" in told
    assert "/usr/share/doc/deskhand" not in told


@pytest.mark.needs("xz", "tar", "readelf")
class TestTarball:
    def test_runs_from_a_folder_of_its_own_and_brings_its_papers(self, frozen, tmp_path):
        (package,) = building.packages(frozen, tmp_path / "dist", ("tar",), quick=True)
        with tarfile.open(package) as archive:
            members = {member.name: member for member in archive.getmembers()}

        top = f"deskhand-{product.version()}"
        assert {name.partition("/")[0] for name in members} == {top}
        for name in ("deskhand", "LICENSE", "README.txt", "licences/THIRD-PARTY.txt", "install-for-me.sh"):
            assert f"{top}/{name}" in members
        assert {member.uname for member in members.values()} == {"root"}
        assert members[f"{top}/deskhand"].mode == members[f"{top}/install-for-me.sh"].mode == 0o755
        assert product.version() in tarballs.read_me()

    def test_goes_into_one_users_menu_and_out_again(self, frozen, tmp_path):
        where = tmp_path / "a folder with 100 % $HOME"
        building.portable(frozen, where)
        folder = where / tarballs.folder_name()
        home = tmp_path / "home"
        home.mkdir()
        script = ["sh", folder / tarballs.INSTALLER]
        settings = {"PATH": "/usr/bin:/bin", "HOME": str(home)}
        subprocess.run(script, env=settings, check=True, capture_output=True)
        entry = home / ".local/share/applications" / f"{product.IDENTIFIER}.desktop"

        command = re.search(r"^Exec=(.*)$", entry.read_text(), re.MULTILINE)
        program = str(folder / "deskhand").replace("%", "%%").replace("$", "\\\\$")
        assert command is not None
        assert command[1] == f'"{program}" %u'
        assert (home / ".local/bin/deskhand").resolve() == folder / "deskhand"

        subprocess.run([*script, "--remove"], env=settings, check=True, capture_output=True)
        left = [path for path in home.rglob("*") if not path.is_dir()]
        assert [path.name for path in left] in ([], ["mimeinfo.cache"])  # the desktop's own list, where it has the tool
        assert not any(product.IDENTIFIER in path.read_text() for path in left)


class TestDepends:
    def test_names_the_packages_of_the_libraries_and_the_oldest_that_do(self):
        lines = depends.debian(NEEDS)

        assert "libc6 (>= 2.34)" in lines
        assert "libglib2.0-0 | libglib2.0-0t64" in lines
        assert depends.rpm(NEEDS)[0] == "libc.so.6(GLIBC_2.34)(64bit)"

    def test_a_library_that_nobody_placed_ends_the_build(self):
        strange = depends.Needs(frozenset({"libc.so.6", "libstrange.so.4"}), frozenset())

        with pytest.raises(SetupError, match=r"libstrange\.so\.4 would have to come from the system"):
            depends.debian(strange)

    @pytest.mark.needs("readelf")
    def test_what_a_program_needs_is_read_from_it(self, frozen):
        found = depends.of(frozen)

        assert "libc.so.6" in found.libraries
        assert any(symbol.startswith("GLIBC_2.") for symbol in found.symbols)


class TestDesktop:
    def test_the_window_says_which_desktop_file_is_its_own(self):
        assert app.DESKTOP_FILE == product.IDENTIFIER

    def test_a_link_to_a_ticket_opens_the_program(self):
        entry = RawConfigParser()
        entry.optionxform = str  # type: ignore[method-assign, assignment]  # as the library documents it
        entry.read_string(desktop.desktop_entry())
        said = entry["Desktop Entry"]

        assert said["Exec"] == "deskhand %u"
        assert said["MimeType"] == "x-scheme-handler/deskhand;"
        assert said["Icon"] == "io.github.deskhand.Deskhand"

    def test_the_software_centre_is_told_the_products_words(self):
        component = metainfo()

        assert component.findtext("id") == product.IDENTIFIER
        assert component.findtext("summary") == product.SUMMARY
        assert component.findtext("launchable") == f"{product.IDENTIFIER}.desktop"
        newest = component.find("releases/release")
        assert newest is not None
        assert newest.get("version") == changes.releases()[0].version

    def test_every_picture_that_the_software_centre_shows_is_in_the_checkout(self):
        addresses = [image.text or "" for image in metainfo().iter("image")]

        assert addresses
        assert all((CHECKOUT / address.partition(f"/v{product.version()}/")[2]).is_file() for address in addresses)


def metainfo() -> ET.Element:
    return ET.fromstring(desktop.metainfo())  # noqa: S314 - our own words


def options(command: argparse.ArgumentParser) -> Iterator[str]:
    """Yield every command and option, with those of the commands below."""
    for action in command._actions:
        yield from (option for option in action.option_strings if option.startswith("--"))
        if isinstance(action, argparse._SubParsersAction):
            for name, below in action.choices.items():
                yield name
                yield from options(below)


def manual() -> str:
    """Return the manual page's words, without the changes of font between them."""
    return re.sub(r"\\f[BIRP]", " ", desktop.manual()).replace("\\-", "-")


def test_the_manual_page_knows_every_command_and_option():
    page = manual()

    assert [name for name in options(parser()) if not re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", page)] == []


def test_the_manual_page_invents_no_option():
    page = manual()

    assert set(re.findall(r"(?<![\w-])--[a-z-]+", page)) <= set(options(parser()))


@pytest.mark.needs("man")
def test_the_manual_page_renders_without_a_warning(tmp_path):
    (tmp_path / "deskhand.1").write_text(desktop.manual())
    command = ["man", "--warnings", "-E", "UTF-8", "-l", "-Tutf8", "-Z", tmp_path / "deskhand.1"]
    done = subprocess.run(
        command, check=True, capture_output=True, text=True, env={"LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin"}
    )

    assert done.stderr == ""


class TestChanges:
    TEXT = "# Changelog\n\n## [Unreleased]\n\n- Not yet.\n\n## [9.0.1] - 2026-02-03\n\n### Fixed\n\n- One, `two`\n  and three.\n- Four.\n"

    def test_a_release_says_its_sentences_whole(self):
        found = {release.version: release for release in changes.releases(self.TEXT)}

        assert found["9.0.1"].date == "2026-02-03"
        assert found["9.0.1"].changes == ("One, two and three.", "Four.")
        assert "Unreleased" not in found

    def test_this_version_is_told_even_before_the_changelog_names_it(self):
        assert changes.releases(self.TEXT)[0].version == product.version()

    def test_debian_reads_them_as_its_own_changelog(self):
        entry = debs.changelog()

        assert entry.startswith(f"deskhand ({product.version()}) stable; urgency=medium\n\n  * ")
        assert f"\n -- {product.MAINTAINER}  " in entry

    def test_the_date_of_everything_can_be_given(self, monkeypatch):
        monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")

        assert changes.day().isoformat() == "1970-01-02T00:00:00+00:00"


@pytest.fixture(scope="module")
def written(tmp_path_factory) -> Path:
    """The licences of what is installed here."""
    folder = tmp_path_factory.mktemp("licences")
    (folder / "LICENSE.txt").write_text("Python's.\n")
    packages = Path(pytest.__file__).parents[1]
    licences.collect(packages, licences.python_text(folder), folder / "texts")
    return folder / "texts"


class TestLicences:
    def test_every_package_that_is_installed_here_of_the_lock_brings_its_text(self, written):
        from importlib.metadata import distributions

        here = {licences.plain(one.name) for one in distributions()} & licences.locked(RUNTIME)
        assert len(here) > 30
        assert [name for name in sorted(here) if not (written / f"{name}.txt").read_text().strip()] == []

    def test_qt_is_under_the_lesser_licence_and_may_be_replaced(self, written):
        assert "GNU LESSER GENERAL PUBLIC LICENSE" in (written / "pyside6-essentials.txt").read_text()
        summary = (written / licences.SUMMARY).read_text()
        assert "may be replaced" in summary
        assert "download.qt.io" in summary

    def test_the_summary_names_a_file_for_every_line(self, written):
        summary = (written / licences.SUMMARY).read_text()
        files = re.findall(r"^  \S+ .*: (\S+\.txt)$", summary, re.MULTILINE)

        assert {"python.txt", "aiohttp.txt", "qasync.txt"} <= set(files)
        assert [name for name in files if not (written / name).is_file()] == []

    def test_debian_is_told_where_the_texts_are(self):
        text = debs.copyright_file()

        assert f"/usr/share/doc/deskhand/{licences.LICENCES}/{licences.SUMMARY}" in text
        assert "Permission is hereby granted, free of charge" in text


class TestLooks:
    """The checks themselves see what they are there for."""

    @pytest.mark.needs("ldd", "readelf")
    def test_nothing_is_missing_for_a_program_of_the_system(self, frozen):
        assert missing_libraries(frozen) == (1, [])

    def test_a_path_of_the_build_machine_is_found_also_inside_an_archive(self, tmp_path):
        import zipfile

        with zipfile.ZipFile(tmp_path / "base_library.zip", "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("module.pyc", f"made in {CHECKOUT}/src")
        (tmp_path / "clean.txt").write_text("nothing")

        assert list(leaks_in(tmp_path)) == ["base_library.zip"]

    def test_an_ill_doctor_is_no_good_start(self):
        well = '{"check": "Python", "well": true, "words": "3"}, {"check": "Secrets", "well": true, "words": "kept"}'

        assert "Python" in judged(0, f'[{well}, {{"check": "Database", "well": true, "words": "open"}}]')
        with pytest.raises(Failed, match="Database: damaged"):
            judged(1, f'[{well}, {{"check": "Database", "well": false, "words": "damaged"}}]')
        with pytest.raises(Failed, match="Traceback"):
            judged(1, "Traceback")

    def test_a_program_may_write_at_home_only(self, frozen, tmp_path):
        program = frozen / product.COMMAND
        program.write_text("#!/bin/sh\necho $HOME\n")
        program.chmod(0o755)
        for folder in (tmp_path, *tmp_path.parents):
            if folder.stat().st_uid == frozen.stat().st_uid and folder.is_relative_to(tempfile.gettempdir()):
                folder.chmod(folder.stat().st_mode | 0o055)
        code, output = Unpacked(program, tmp_path, frozen).run()

        assert (code, output.strip()) == (0, str(tmp_path / "home"))


def test_a_bare_system_that_nobody_makes_is_named_with_those_there_are():
    with pytest.raises(SetupError, match="There is no bare system sarge; there are bookworm, trixie, jammy, noble"):
        roots.ensure("sarge")


def test_only_a_deb_is_installed_in_bare_systems(tmp_path):
    with pytest.raises(SetupError, match=r"Only a \.deb is installed"):
        proof.check(Check(tmp_path / "deskhand.rpm", ("bookworm",)), Report())


def test_an_rpm_recipe_takes_the_tree_as_it_is(tmp_path):
    recipe = rpms.spec(tmp_path, depends.rpm(NEEDS))

    assert "AutoReqProv: no" in recipe
    assert "Requires: libglib-2.0.so.0()(64bit)" in recipe


def test_debians_changelog_is_packed_without_a_date(frozen, tmp_path):
    root = tmp_path / "root"
    building.tree(frozen, root)
    debs.write_tree(root)
    packed = (root / "usr/share/doc/deskhand/changelog.gz").read_bytes()

    assert packed[4:8] == bytes(4)
    assert gzip.decompress(packed).decode() == debs.changelog()


def test_a_report_holds_only_if_something_was_looked_at():
    assert not Report().held
