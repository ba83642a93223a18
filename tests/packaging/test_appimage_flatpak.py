"""AppImage and Flatpak up to what only a hosted machine has: the starter of AppImages, and the Flatpak runtime.

A small program stands in for the frozen one, and an empty one for the starter; the tools are the real ones.
"""

import struct
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from deskdev.steps import SetupError
from deskpack import freezing, product
from deskpack.checking import Check, Report
from deskpack.linux import appimage, appimage_proof, flatpak

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="AppImages and Flatpaks are built on Linux")

PROGRAM = f"""#!/bin/sh
case "$*" in
    --version) echo "{product.NAME} {product.version()}" ;;
    *doctor*) echo '[{{"check": "Python", "well": true, "words": "3"}}, {{"check": "Secrets", "well": false, "words": "none"}}]'; exit 1 ;;
esac
"""


def starter(place: int = 1024, trailing: bytes = b"") -> bytes:
    """Return a 64-bit program with nothing in it but the place for updates."""
    names = b"\0.upd_info\0.shstrtab\0"
    table = 64 + place + len(names)
    table += -table % 8
    head = b"\x7fELF\x02\x01\x01" + bytes(9)
    head += struct.pack("<2HI3QI6H", 2, 0x3E, 1, 0, 0, table, 0, 64, 56, 0, 64, 3, 2)
    sections = [(0, 0, 0, 0), (1, 1, 64, place), (11, 3, 64 + place, len(names))]
    rows = [struct.pack("<2I4Q2I2Q", name, kind, 0, 0, start, size, 0, 0, 1, 0) for name, kind, start, size in sections]
    return (head + bytes(place) + names).ljust(table, b"\0") + b"".join(rows) + trailing


@pytest.fixture
def frozen(tmp_path, monkeypatch) -> Path:
    folder = tmp_path / "frozen"
    (folder / "_internal").mkdir(parents=True)
    (folder / product.COMMAND).write_text(PROGRAM, encoding="utf-8")
    (folder / product.COMMAND).chmod(0o755)
    monkeypatch.setattr(appimage, "PLACE", tmp_path / "appimage")
    monkeypatch.setattr(flatpak, "PLACE", tmp_path / "flatpak")
    (tmp_path / "appimage").mkdir()
    return folder


class TestAppImage:
    @pytest.mark.needs("mksquashfs", "unsquashfs", "desktop-file-validate")
    def test_is_a_starter_with_the_files_where_it_looks_for_them(self, frozen, tmp_path, capsys):
        runtime, into = tmp_path / "runtime", tmp_path / "dist"
        runtime.write_bytes(starter())
        options = ("--quick", "--frozen", str(frozen), "--runtime", str(runtime), "--into", str(into))
        made, *_ = appimage.build(options)
        assert made.name.startswith(f"Deskhand-{product.version()}-")
        assert made.read_bytes()[:4] == b"\x7fELF"
        assert made.stat().st_mode & 0o111

        behind = len(runtime.read_bytes())
        assert made.read_bytes()[behind : behind + 4] == b"hsqs"
        listed = subprocess.run(
            ["unsquashfs", "-lc", "-offset", str(behind), made], check=True, capture_output=True, text=True
        )
        assert f"squashfs-root/{product.IDENTIFIER}.desktop" in listed.stdout

        report = Report()
        appimage_proof.check(Check(made), report)
        assert report.held, capsys.readouterr().out
        assert len(report.results) == 6

    @pytest.mark.needs("mksquashfs")
    def test_is_the_same_each_time(self, frozen, tmp_path):
        folder = appimage.lay_out(frozen, tmp_path / "AppDir")
        once = appimage.squash(folder, tmp_path / "once", quick=True)
        again = appimage.squash(appimage.lay_out(frozen, tmp_path / "AppDir"), tmp_path / "again", quick=True)
        assert once.read_bytes() == again.read_bytes()

    @pytest.mark.needs("mksquashfs")
    def test_without_a_starter_is_not_made_and_it_is_said(self, frozen, tmp_path, capsys):
        assert appimage.build(("--quick", "--frozen", str(frozen), "--into", str(tmp_path / "dist"))) == ()
        assert "name it with --runtime" in capsys.readouterr().out
        assert not (tmp_path / "dist").exists()

    @pytest.mark.parametrize(
        "content",
        [b"#!/bin/sh\n", starter(trailing=b"something behind it"), starter(place=16)],
        ids=["script", "longer", "narrow"],
    )
    def test_is_not_begun_with_something_that_is_no_starter(self, content, tmp_path):
        runtime, files = tmp_path / "runtime", tmp_path / "files"
        runtime.write_bytes(content)
        files.write_bytes(b"hsqs")
        with pytest.raises(SetupError, match=r"AppImages|no room"):
            appimage.join(runtime, files, tmp_path / "made")
        assert not (tmp_path / "made").exists()

    @pytest.mark.needs("unsquashfs", "desktop-file-validate")
    def test_whose_files_lie_elsewhere_is_refused(self, tmp_path):
        spoilt = tmp_path / "Spoilt.AppImage"
        spoilt.write_bytes(starter(trailing=b"not a file system"))
        report = Report()
        appimage_proof.check(Check(spoilt), report)
        assert not report.held


@pytest.mark.parametrize(
    "build",
    [
        pytest.param(appimage.build, marks=pytest.mark.needs("mksquashfs")),
        pytest.param(flatpak.build, marks=pytest.mark.needs("flatpak-builder", "flatpak")),
    ],
)
def test_a_folder_that_is_not_frozen_is_refused_by_name(build, tmp_path):
    with pytest.raises(SetupError, match="no frozen Deskhand"):
        build(("--frozen", str(tmp_path)))


class TestFlatpak:
    @pytest.mark.needs("flatpak-builder")
    def test_may_use_network_window_and_keyring_and_no_file_of_yours(self):
        manifest: dict[str, Any] = flatpak.manifest()
        assert manifest["id"] == product.IDENTIFIER
        assert manifest["command"] == product.COMMAND
        assert set(manifest["finish-args"]) == {
            "--share=network",
            "--share=ipc",
            "--socket=wayland",
            "--socket=fallback-x11",
            "--device=dri",
            "--talk-name=org.freedesktop.secrets",
        }

    @pytest.mark.needs("flatpak-builder")
    def test_copies_what_is_laid_out(self, frozen, tmp_path):
        tree = flatpak.lay_out(frozen, tmp_path / "tree")
        modules: Any = flatpak.manifest()["modules"]
        (module,) = modules
        (source,) = module["sources"]
        assert (flatpak.MANIFEST.parent / source["path"]).resolve() == freezing.BUILD / "flatpak" / "tree"
        app = tmp_path / "app"
        app.mkdir()
        for command in module["build-commands"]:
            subprocess.run(["sh", "-ec", command.replace("/app", str(app))], check=True, cwd=tree)
        program = app / "bin" / product.COMMAND
        said = subprocess.run([program, "--version"], check=True, capture_output=True, text=True)
        assert product.version() in said.stdout
        assert (app / f"share/applications/{product.IDENTIFIER}.desktop").is_file()
        assert (app / f"share/metainfo/{product.IDENTIFIER}.metainfo.xml").is_file()
        assert (app / f"share/icons/hicolor/scalable/apps/{product.IDENTIFIER}.svg").is_file()

    @pytest.mark.needs("flatpak-builder", "flatpak")
    def test_without_its_runtime_is_not_built_and_it_is_said(self, frozen, tmp_path, monkeypatch, capsys):
        for place in ("FLATPAK_USER_DIR", "FLATPAK_SYSTEM_DIR"):
            monkeypatch.setenv(place, str(tmp_path / "nothing installed"))
        assert flatpak.build(("--frozen", str(frozen), "--into", str(tmp_path / "dist"))) == ()
        said = capsys.readouterr().out
        assert "org.freedesktop.Platform" in said
        assert "are not installed; name a remote" in said
