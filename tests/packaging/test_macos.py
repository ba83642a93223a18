"""The macOS package, as far as it can be tried without a Mac: what the bundle says and holds, and the order of the steps.

The bundle is laid out by PyInstaller's own code from the project's own spec; only the libraries in it are small stand-ins. Apple's
programs are stood in for by scripts that write down how they were called.
"""

import base64
import os
import plistlib
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from deskdev.environment import CHECKOUT
from deskdev.steps import SetupError
from deskpack import freezing, product
from deskpack.checking import Report
from deskpack.macos import building, dry, mach, proof, signing
from deskpack.macos.signing import Notary, Secrets
from tests.helpers.mach_o import library, package

linux_only = pytest.mark.skipif(sys.platform != "linux", reason="stands in for what a Mac does itself")

QT = "cp310-abi3-macosx_13_0_universal2"
BOTH = ("x86_64", "arm64")


def mac_packages(site: Path) -> Path:
    """The packages that a Mac would install, with stand-ins for the files that matter."""
    frameworks = {
        name: f"@rpath/{name}.framework/Versions/A/{name}" for name in ("QtCore", "QtGui", "QtWidgets", "QtSvg")
    }
    files = {}
    for name, loaded in frameworks.items():
        needs = [loaded, "/usr/lib/libSystem.B.dylib", *([frameworks["QtCore"]] if name != "QtCore" else [])]
        files[f"PySide6/{name}.abi3.so"] = library(*BOTH, oldest="15.0", loads=[*needs, "@rpath/libpyside6.dylib"])
        folder = f"PySide6/Qt/lib/{name}.framework"
        files[f"{folder}/Versions/A/{name}"] = library(*BOTH, loads=["/usr/lib/libSystem.B.dylib"])
        files[f"{folder}/Versions/A/Resources/Info.plist"] = plistlib.dumps({"CFBundleExecutable": name})
    files["PySide6/libpyside6.dylib"] = library(*BOTH)
    files["PySide6/Qt/plugins/platforms/libqcocoa.dylib"] = library(*BOTH, loads=[frameworks["QtGui"]])
    # Dropped by the spec: nothing here draws PDF.
    files["PySide6/Qt/plugins/imageformats/libqpdf.dylib"] = library(*BOTH, loads=["@rpath/QtPdf.framework/QtPdf"])
    package(site, "PySide6-Essentials", QT, files)
    package(site, "shiboken6", QT, {"shiboken6/Shiboken.abi3.so": library(*BOTH)})
    package(site, "nh3", "cp38-abi3-macosx_11_0_arm64", {"nh3/nh3.abi3.so": library("arm64", oldest="11.0")})
    package(site, "jeepney", "py3-none-any", {"jeepney/__init__.py": b""})
    starter = {"PyInstaller/bootloader/Darwin-64bit/runw": library(*BOTH, oldest="10.13")}
    package(site, "pyinstaller", "py3-none-macosx_99_0_universal2", starter)
    return site


@pytest.fixture(scope="module")
def laid_out(tmp_path_factory) -> Path:
    place = tmp_path_factory.mktemp("mac")
    return dry.bundle(freezing.environment(), mac_packages(place / "packages"), "arm64", place)


@pytest.fixture
def bundle(laid_out, tmp_path) -> Path:
    """A copy that may be spoilt."""
    return Path(shutil.copytree(laid_out, tmp_path / laid_out.name, symlinks=True))


def found_in(app: Path) -> dict[str, bool]:
    report = Report()
    proof.look_at(app, report)
    return dict(report.results)


def failures(app: Path) -> list[str]:
    return [what for what, held in found_in(app).items() if not held]


@linux_only
@pytest.mark.timeout(300)
class TestBundle:
    def test_holds_what_it_should_where_macos_wants_it(self, bundle, capsys):
        assert failures(bundle) == []
        contents = bundle / "Contents"
        listed = plistlib.loads((contents / "Info.plist").read_bytes())
        assert listed["CFBundleIdentifier"] == "io.github.deskhand.Deskhand"
        assert listed["LSMinimumSystemVersion"] == "13.0"
        assert listed["CFBundleURLTypes"][0]["CFBundleURLSchemes"] == ["deskhand"]
        assert (contents / "Resources/deskhand/resources/icons").is_dir()
        assert list((contents / "Resources/deskhand/store/migrations").rglob("*.sql"))
        assert (contents / "Frameworks/PySide6/Qt/plugins/platforms/libqcocoa.dylib").exists()
        assert not list(contents.rglob("libqpdf*"))
        assert [one.processor for one in mach.slices(contents / "MacOS/deskhand")] == ["arm64"]
        assert "4 files say 15.0: try it on the oldest Mac" in capsys.readouterr().out

    @pytest.mark.needs("plistutil")  # Debian: libplist-utils
    def test_is_read_by_another_reader_of_property_lists(self, bundle):
        done = subprocess.run(["plistutil", "-i", bundle / "Contents/Info.plist"], check=True, capture_output=True)
        assert b"LSApplicationCategoryType" in done.stdout

    def test_with_a_library_missing_is_refused(self, bundle):
        shutil.rmtree(bundle / "Contents/Frameworks/PySide6/Qt/lib/QtSvg.framework")
        for path in bundle.rglob("*"):
            if path.is_symlink() and not path.exists():
                path.unlink()
        assert failures(bundle) == ["all that the code loads is inside or macOS' own"]

    def test_with_a_link_that_leads_away_is_refused(self, bundle):
        (bundle / "Contents/Resources/away").symlink_to("/etc/hosts")
        assert failures(bundle) == ["no link leads away or to nothing"]

    @pytest.mark.parametrize(
        ("place", "content"),
        [
            ("Frameworks/notes.txt", b"data beside code"),
            ("Resources/hidden.so", library("arm64")),
            ("Frameworks/some.folder/x.so", library("arm64")),
        ],
    )
    def test_with_a_file_where_codesign_trips_over_it_is_refused(self, bundle, place, content):
        path = bundle / "Contents" / place
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
        assert failures(bundle) == ["code and other files lie where codesign wants each"]

    def test_without_a_menu_and_a_place_in_the_dock_is_refused(self, bundle):
        file = bundle / "Contents/Info.plist"
        file.write_bytes(plistlib.dumps(plistlib.loads(file.read_bytes()) | {"LSBackgroundOnly": True}))
        assert failures(bundle) == ["Deskhand.app: Info.plist says who it is", "macOS hands it the links that begin with its scheme",
                                    "its program and its icon are there", "it asks for the macOS that its wheels are made for"]  # fmt: skip

    def test_for_two_kinds_of_mac_at_once_is_refused(self, bundle):
        (bundle / "Contents/Frameworks/nh3/other.so").write_bytes(library("x86_64"))
        assert failures(bundle) == ["all code is for one processor at least"]


class TestOldestMac:
    def test_is_that_of_the_package_that_wants_the_newest(self, tmp_path):
        package(tmp_path, "nh3", "cp38-abi3-macosx_11_0_arm64", {})
        package(tmp_path, "pyside6-essentials", QT, {})
        assert building.oldest_macos(tmp_path, "arm64") == "13.0"

    def test_does_not_ask_the_tools(self, tmp_path):
        package(tmp_path, "pillow", "cp313-cp313-macosx_26_0_arm64", {})
        package(tmp_path, "nh3", "cp38-abi3-macosx_11_0_arm64", {})
        assert building.oldest_macos(tmp_path, "arm64") == "11.0"

    def test_is_unknown_where_nothing_is_for_macs(self, tmp_path):
        package(tmp_path, "nh3", "cp38-abi3-manylinux_2_17_x86_64", {})
        with pytest.raises(SetupError, match="No package"):
            building.oldest_macos(tmp_path, "arm64")


class TestEntitlements:
    def test_ask_for_one_thing_only(self):
        asked = plistlib.loads(building.ENTITLEMENTS.read_bytes())
        assert asked == {"com.apple.security.cs.allow-unsigned-executable-memory": True}

    def test_hold_no_comment(self):
        dry.lint(building.ENTITLEMENTS)

    def test_with_a_comment_are_refused(self, tmp_path):
        file = tmp_path / "entitlements.plist"
        file.write_bytes(building.ENTITLEMENTS.read_bytes().replace(b"<dict>", b"<dict><!-- why -->"))
        with pytest.raises(SetupError, match="comment"):
            dry.lint(file)


def test_java_classes_are_not_taken_for_libraries(tmp_path):
    file = tmp_path / "Main.class"
    file.write_bytes(b"\xca\xfe\xba\xbe\x00\x00\x00\x41" + bytes(100))
    assert mach.slices(file) == ()


SIGNER = "0123456789ABCDEF0123456789ABCDEF01234567"
CERTIFICATE = {"MACOS_CERT_P12": base64.b64encode(b"p12").decode(), "MACOS_CERT_PASSWORD": "hunter2-hunter2"}
NOTARY = {"APPSTORE_KEY": "-----BEGIN PRIVATE KEY-----", "APPSTORE_KEY_ID": "K1", "APPSTORE_ISSUER": "I1"}

APPLE = f"""#!/bin/sh
echo "$(basename "$0") $*" >> "$CALLS"
case "$(basename "$0") $*" in
    *"$FAILS"*) echo "no luck"; exit 1 ;;
    "security list-keychains -d user") echo '    "/Users/me/login.keychain-db"' ;;
    "security find-identity"*) echo '  1) {SIGNER} "Developer ID Application: Deskhand (TEAM)"' ;;
    "xcrun notarytool"*) echo "{{\\"status\\": \\"$NOTARY_SAYS\\"}}" ;;
    "hdiutil create"*) for last; do :; done; echo image > "$last" ;;
    "ditto "*) for last; do :; done; mkdir -p "$last" ;;
esac
"""


@pytest.fixture
def apple(tmp_path, monkeypatch):
    """Apple's programs, which write down how they are called; returns a function that reads it."""
    folder, calls = tmp_path / "bin", tmp_path / "calls"
    folder.mkdir()
    for name in ("security", "codesign", "hdiutil", "xcrun", "spctl", "ditto"):
        (folder / name).write_text(APPLE, encoding="utf-8")
        (folder / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("CALLS", str(calls))
    monkeypatch.setenv("FAILS", "nothing fails")
    monkeypatch.setenv("NOTARY_SAYS", "Accepted")
    return lambda: [" ".join(line.split()[:3]) for line in calls.read_text(encoding="utf-8").splitlines()]


@linux_only
class TestStepsOnAMac:
    def image(self, tmp_path: Path, secrets: Secrets) -> Path:
        app = tmp_path / "build" / "Deskhand.app"
        app.mkdir(parents=True)
        with signing.identity(secrets) as identity:
            return building.image(app, tmp_path / "dist", "arm64", identity, secrets)

    def test_without_secrets_nothing_is_signed_and_it_is_said(self, apple, tmp_path, capsys):
        made = self.image(tmp_path, Secrets())
        assert made.name == f"Deskhand-{product.version()}-arm64.dmg"
        assert made.exists()
        assert [call.split()[0] for call in apple()] == ["codesign", "ditto", "hdiutil"]
        assert "signed for this Mac only" in capsys.readouterr().out

    def test_the_bundle_is_notarised_before_it_goes_into_the_image_and_the_image_after(self, apple, tmp_path):
        self.image(tmp_path, Secrets.read(CERTIFICATE | NOTARY))
        steps = [call for call in apple() if not call.startswith("security")]
        assert steps == [
            "codesign --verify --deep", "ditto -c -k", "xcrun notarytool submit", "xcrun stapler staple", "xcrun stapler validate",
            steps[5], "hdiutil create -volname", "codesign --force --timestamp", "xcrun notarytool submit", "xcrun stapler staple",
            "xcrun stapler validate", "spctl --assess --type",
        ]  # fmt: skip
        assert steps[5].startswith("ditto /")

    def test_the_keychain_of_the_build_is_taken_away_also_after_a_failure(self, apple, tmp_path, monkeypatch):
        monkeypatch.setenv("FAILS", "hdiutil create")
        with pytest.raises(SetupError, match="hdiutil create failed: no luck"):
            self.image(tmp_path, Secrets.read(CERTIFICATE))
        assert apple()[-2:] == ["security list-keychains -d", apple()[-1]]
        assert apple()[-1].startswith("security delete-keychain")

    def test_a_password_is_in_no_message(self, apple, tmp_path, monkeypatch):
        monkeypatch.setenv("FAILS", "security import")
        secrets = Secrets.read(CERTIFICATE)
        with pytest.raises(SetupError) as failure:
            self.image(tmp_path, secrets)
        assert "hunter2" not in str(failure.value) + repr(secrets)
        assert apple()

    def test_what_apple_refuses_is_not_shipped(self, apple, tmp_path, monkeypatch):
        monkeypatch.setenv("NOTARY_SAYS", "Invalid")
        with pytest.raises(SetupError, match="Apple did not notarise"):
            self.image(tmp_path, Secrets(identity="me", notary=Notary("key", "K1", "I1")))
        assert not list(tmp_path.rglob("*.dmg"))
        assert "hdiutil create -volname" not in apple()


@pytest.mark.parametrize(
    ("given", "missing"),
    [
        ({"MACOS_CERT_P12": "x"}, "MACOS_CERT_PASSWORD"),
        (CERTIFICATE | {"APPSTORE_KEY": "x", "APPSTORE_ISSUER": "y"}, "APPSTORE_KEY_ID"),
        (NOTARY, "nothing to sign with"),
    ],
)
def test_half_of_what_signing_takes_is_a_mistake(given, missing):
    with pytest.raises(SetupError, match=missing):
        Secrets.read(given)


def test_the_spec_names_files_that_are_there(monkeypatch):
    spec = (CHECKOUT / "packaging" / "deskhand.spec").read_text(encoding="utf-8")
    named = re.findall(r'PACKAGING((?: / "[\w.]+")+)', spec)
    assert named
    for parts in named:
        assert (CHECKOUT / "packaging").joinpath(*re.findall(r'"([\w.]+)"', parts)).exists(), parts
