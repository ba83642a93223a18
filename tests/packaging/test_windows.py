"""The Windows packages around two programs that only look like ones: what they say, what is remembered, and that a signature holds."""

import re
import subprocess
import sys
import uuid
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from deskdev.environment import CHECKOUT, PACKAGE, Environment
from deskdev.steps import SetupError
from deskpack import product
from deskpack.windows import building, installer, msi, proof, signing, wine_python
from tests.helpers.narrowing import not_none

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="on Windows the packages themselves are built and looked at"
)

WIX = "{http://schemas.microsoft.com/wix/2006/wi}"


def small_program() -> bytes:
    """Return the least that counts as a 64-bit Windows program: headers and one section, so that a signature finds its place."""
    head = bytearray(0x400)
    head[0:2] = b"MZ"
    head[0x3C] = 0x40
    header = b"PE\0\0" + (0x8664).to_bytes(2, "little") + (1).to_bytes(2, "little") + bytes(12) + b"\xf0\0\x22\0"
    optional = bytearray(0xF0)
    optional[0:2] = b"\x0b\x02"
    optional[0x38:0x40] = (0x2000).to_bytes(4, "little") + (0x200).to_bytes(4, "little")
    optional[0x44:0x46] = b"\x02\0"
    optional[0x6C] = 16
    section = b".text\0\0\0" + bytes(4) + b"\0\x10\0\0" + b"\0\x02\0\0" * 2 + bytes(16)
    whole = header + bytes(optional) + section
    head[0x40 : 0x40 + len(whole)] = whole
    return bytes(head)


@pytest.fixture
def payload(tmp_path) -> Path:
    """A folder like a frozen one."""
    folder = tmp_path / "payload"
    (folder / "_internal" / "Büro, one").mkdir(parents=True)
    (folder / "_internal" / "Büro, one" / "a & b.txt").write_text("a", encoding="utf-8")
    (folder / "_internal" / "python312.dll").write_bytes(b"b")
    for program in proof.PROGRAMS:
        (folder / program).write_bytes(small_program())
    return folder


@pytest.fixture
def icon(tmp_path) -> Path:
    """One point, as an .ico."""
    picture = (40).to_bytes(4, "little") + b"\1\0\0\0\2\0\0\0\1\0\x20\0" + bytes(24) + b"\xff" * 4 + bytes(4)
    file = tmp_path / "icon.ico"
    file.write_bytes(
        b"\0\0\1\0\1\0" + b"\1\1\0\0\1\0\x20\0" + len(picture).to_bytes(4, "little") + b"\x16\0\0\0" + picture
    )
    return file


@pytest.fixture
def certificate(tmp_path) -> signing.Certificate:
    """A throw-away certificate that vouches for itself."""
    files = tmp_path / "certificate.pem", tmp_path / "key.pem"
    words = ("-subj", "/CN=Deskhand test", "-addext", "extendedKeyUsage=codeSigning", "-days", "2")
    make = ("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", *words, "-out", files[0], "-keyout", files[1])
    subprocess.run(make, check=True, capture_output=True)
    return signing.Certificate(files)


# --- what Windows shows of the programs


def test_the_programs_description_is_what_pyinstaller_reads_and_names_this_version(tmp_path):
    file = tmp_path / "deeper" / "version.txt"
    building.write_version_file(file)
    heard: dict[str, list[Any]] = {}
    names = (
        "VSVersionInfo",
        "FixedFileInfo",
        "StringFileInfo",
        "StringTable",
        "StringStruct",
        "VarFileInfo",
        "VarStruct",
    )
    readers = {
        name: lambda *given, name=name, **named: heard.setdefault(name, []).append((given, named)) for name in names
    }
    eval(file.read_text(encoding="utf-8"), readers)  # noqa: S307 - as PyInstaller does
    said = dict(given for given, _ in heard["StringStruct"])
    assert said["ProductName"] == product.NAME
    assert said["ProductVersion"] == said["FileVersion"] == product.version()
    assert heard["FixedFileInfo"][0][1]["filevers"] == (*map(int, product.version().split(".")), 0)


# --- the MSI


def test_the_numbers_that_tie_versions_together_are_what_they_were():
    script = ET.parse(msi.SCRIPT)  # noqa: S314 - our own file
    found = {each.attrib["Id"]: each.attrib["Guid"] for each in script.iter(f"{WIX}Component")}
    assert (
        not_none(script.find(f"{WIX}Product")).attrib["UpgradeCode"]
        == "E2EAD61B-FEF3-450B-8C26-745455EA804F"
        == msi.UPGRADE_CODE[1:-1]
    )
    assert found == {
        "Program": "377ED97F-10EC-4F6D-A68F-79EF70D7B747",
        "Console": "6DC4913E-47E8-4EA5-A4CA-F839D6064522",
        "Setup": "A006D326-C020-4279-A2B6-B064598D8DBE",
        "Autostart": "AF5BA24C-8883-4B15-A7FA-BD890F10A01A",
        "StartMenu": "A7D856C5-DC31-4F01-ACD0-991A7A365178",
        "Desktop": "FCB1606B-18C0-4289-AE0A-3F67BF58FAC1",
    }


def test_a_file_has_the_same_number_in_every_version_and_no_other_file_has_it(payload):
    before = ET.fromstring(msi.fragment(payload, "payload"))  # noqa: S314
    (payload / "_internal" / "more.txt").write_text("c", encoding="utf-8")
    after = ET.fromstring(msi.fragment(payload, "payload"))  # noqa: S314
    earlier, later = (
        {each.attrib["Id"]: each.attrib["Guid"] for each in one.iter(f"{WIX}Component")} for one in (before, after)
    )
    assert earlier.items() < later.items()
    assert len({uuid.UUID(number) for number in later.values()}) == len(later) == 3


@pytest.mark.needs("wixl", "msibuild", "msiinfo")
def test_an_msi_is_for_everybody_and_hands_the_administrators_choices_on(payload, icon, tmp_path):
    made = msi.build(payload, "1.2.3", tmp_path / "dist", icon=icon)
    said = dict(row[:2] for row in msi.table(made, "Property"))
    assert (said["ProductName"], said["ProductVersion"], said["ALLUSERS"]) == (product.NAME, "1.2.3", "1")
    assert {"INSTALLDIR", *msi.CHOICES} < set(said["SecureCustomProperties"].split(";"))
    conditions = {row[0]: row[4] for row in msi.table(made, "Component") if row[4]}
    assert conditions == {
        "Autostart": 'AUTOSTART = "1"',
        "Desktop": 'DESKTOPSHORTCUT = "1"',
        "StartMenu": 'STARTMENUSHORTCUT <> "0"',
    }


@pytest.mark.needs("wixl", "msibuild", "msiinfo")
def test_what_is_said_on_the_command_line_wins_over_what_is_remembered(payload, icon, tmp_path):
    made = msi.build(payload, "1.2.3", tmp_path / "dist", icon=icon)
    for table in ("InstallExecuteSequence", "InstallUISequence"):
        order = {row[0]: int(row[2]) for row in msi.table(made, table)}
        for name in ("Folder", "StartMenu", "Desktop", "Autostart"):
            assert order[f"Keep{name}"] < order["AppSearch"] < order[f"Take{name}"] < order["LaunchConditions"]
    assert {row[0] for row in msi.table(made, "AppSearch")} == {"INSTALLDIR", *msi.CHOICES}


@pytest.mark.needs("wixl", "msibuild", "msiinfo")
def test_an_older_msi_is_refused_and_an_earlier_version_removed(payload, icon, tmp_path):
    made = msi.build(payload, "1.2.3", tmp_path / "dist", icon=icon)
    upgrades = {row[6]: row for row in msi.table(made, "Upgrade")}
    assert upgrades["WIX_UPGRADE_DETECTED"][2] == upgrades["WIX_DOWNGRADE_DETECTED"][1] == "1.2.3"
    assert any("newer" in row[1] for row in msi.table(made, "LaunchCondition"))


# --- the installer


@pytest.mark.needs("makensis")
def test_the_installer_compiles_without_a_warning_and_says_what_it_is(payload, icon, tmp_path):
    made = installer.build(payload, "1.2.3", tmp_path / "dist", icon=icon, quick=True)
    said = proof.version_strings(made)
    assert made.name == "Deskhand-1.2.3-x64-setup.exe"
    assert (said["ProductName"], said["ProductVersion"]) == (product.NAME, "1.2.3")
    assert proof.subsystem(made) == 2


def test_the_installers_own_exit_codes_are_told_apart_and_documented():
    script = installer.SCRIPT.read_text(encoding="utf-8")
    codes = {int(code) for code in re.findall(r"^!define [A-Z_]+ ([0-9])$", script, re.MULTILINE)}
    assert codes == {3, 4, 5, 6}


def test_the_program_never_goes_where_the_data_are():
    script = installer.SCRIPT.read_text(encoding="utf-8")
    assert r'StrCpy $INSTDIR "$LOCALAPPDATA\Programs\${NAME}"' in script
    # The data's folder is named once: where it is purged, and only if that was asked for.
    assert script.count(r"$LOCALAPPDATA\${NAME}") == 1
    assert re.search(r'\$\{If\} \$Purge = 1\n.*\n\s+RMDir /r "\$LOCALAPPDATA\\\$\{NAME\}"', script)


@pytest.mark.needs("makensis", "7z")
def test_an_unpacked_installer_holds_the_payload_and_nothing_of_its_own(payload, icon, tmp_path):
    made = installer.build(payload, "1.2.3", tmp_path / "dist", icon=icon, quick=True)
    with proof.opened(made) as found:
        assert {path.relative_to(found) for path in found.rglob("*")} == {
            path.relative_to(payload) for path in payload.rglob("*")
        }


# --- signatures


@pytest.mark.needs("osslsigncode", "openssl")
def test_a_program_is_signed_and_a_change_is_noticed(payload, certificate):
    program = payload / f"{product.COMMAND}.exe"
    assert signing.signer(program) == ""
    signing.sign(program, certificate)
    assert "Deskhand test" in signing.signer(program, certificate.files[0])
    content = bytearray(program.read_bytes())
    content[0x300] ^= 1
    program.write_bytes(content)
    with pytest.raises(SetupError, match="does not hold"):
        signing.signer(program, certificate.files[0])


@pytest.mark.needs("osslsigncode", "openssl", "makensis", "7z", "wixl", "msibuild")
def test_both_packages_are_signed_and_the_uninstaller_too(payload, icon, certificate, tmp_path):
    for made in (
        installer.build(payload, "1.2.3", tmp_path / "dist", certificate, icon, quick=True),
        msi.build(payload, "1.2.3", tmp_path / "dist", certificate, icon),
    ):
        signing.sign(made, certificate)
        assert "Deskhand test" in signing.signer(made, certificate.files[0])
        if made.suffix == ".exe":
            subprocess.run(("7z", "x", f"-o{tmp_path}", made, "uninstall.exe"), check=True, capture_output=True)
            assert "Deskhand test" in signing.signer(tmp_path / "uninstall.exe", certificate.files[0])


@pytest.mark.needs("osslsigncode", "openssl")
def test_a_pkcs12_file_with_a_password_signs_too(payload, certificate, tmp_path, monkeypatch):
    both, program = tmp_path / "both.pfx", payload / f"{product.COMMAND}.exe"
    inside = ("-in", certificate.files[0], "-inkey", certificate.files[1], "-out", both, "-passout", "pass:open sesame")
    subprocess.run(("openssl", "pkcs12", "-export", *inside), check=True, capture_output=True)
    monkeypatch.setenv(signing.PASSWORD, "open sesame")
    signing.sign(program, signing.Certificate((both,)))
    assert "Deskhand test" in signing.signer(program, certificate.files[0])


# --- Python for Windows


def test_a_folder_without_a_library_of_python_is_refused_in_a_sentence(tmp_path):
    with pytest.raises(SetupError, match="--python-library"):
        wine_python.find_library(tmp_path)


def test_the_wheel_that_carries_python_for_windows_is_locked_by_its_hash():
    lines = [line for line in wine_python.CARRIER.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    assert len(lines) == 1
    assert re.fullmatch(r"[\w-]+==[\w.]+ --hash=sha256:[0-9a-f]{64}", lines[0])
    assert Environment().lock(PACKAGE).parent == CHECKOUT / "packaging"
