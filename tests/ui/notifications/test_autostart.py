"""Starting with the computer, in a home of the test's own."""

import configparser
import plistlib
import sys

import pytest

from deskhand.ui.notifications.autostart import (
    NAME,
    DesktopFileAutostart,
    LaunchAgentAutostart,
    RegistryAutostart,
    autostart,
    own_command,
)


def test_on_linux_a_desktop_file_comes_and_goes(tmp_path):
    found = autostart({"XDG_CONFIG_HOME": str(tmp_path / "config")}, tmp_path, "linux")
    assert isinstance(found, DesktopFileAutostart)
    assert not found.is_on()
    found.set_on(on=True)
    file = tmp_path / "config" / "autostart" / f"{NAME}.desktop"
    entry = configparser.RawConfigParser()
    entry.optionxform = str  # type: ignore[assignment,method-assign]  # keys of desktop files have capitals
    entry.read_string(file.read_text())
    assert entry["Desktop Entry"]["Name"] == "Deskhand"
    assert sys.executable in entry["Desktop Entry"]["Exec"]
    assert found.is_on()
    found.set_on(on=False)
    assert not file.exists()
    found.set_on(on=False)


@pytest.mark.parametrize("line", ["Hidden=true", "X-GNOME-Autostart-enabled=false"])
def test_what_the_agent_switched_off_elsewhere_counts_as_off(tmp_path, line):
    found = DesktopFileAutostart(tmp_path, ("deskhand",))
    found.set_on(on=True)
    file = tmp_path / f"{NAME}.desktop"
    file.write_text(file.read_text() + line + "\n")
    assert not found.is_on()


def test_signs_in_a_path_are_quoted_as_the_specification_says(tmp_path):
    DesktopFileAutostart(tmp_path, ('/opt/My $App/100%/de"sk',)).set_on(on=True)
    text = (tmp_path / f"{NAME}.desktop").read_text()
    assert 'Exec="/opt/My \\\\$App/100%%/de\\\\"sk"' in text


def test_without_a_folder_of_its_own_the_configuration_lies_in_the_home(tmp_path):
    found = autostart({}, tmp_path, "linux")
    assert found is not None
    found.set_on(on=True)
    assert (tmp_path / ".config" / "autostart" / f"{NAME}.desktop").is_file()


def test_on_a_mac_it_is_a_launch_agent(tmp_path):
    found = autostart({}, tmp_path, "darwin")
    assert isinstance(found, LaunchAgentAutostart)
    found.set_on(on=True)
    agent = plistlib.loads((tmp_path / "Library" / "LaunchAgents" / f"{NAME}.plist").read_bytes())
    assert agent["RunAtLoad"] is True
    assert agent["ProgramArguments"] == list(own_command({}))
    assert found.is_on()
    found.set_on(on=False)
    assert not found.is_on()


def test_on_windows_it_is_the_registry_and_nothing_happens_elsewhere(tmp_path):
    found = autostart({}, tmp_path, "win32")
    assert isinstance(found, RegistryAutostart)
    if sys.platform != "win32":
        found.set_on(on=True)
        assert not found.is_on()


def test_a_flatpak_cannot_and_an_appimage_starts_its_own_file(tmp_path):
    assert autostart({"FLATPAK_ID": NAME}, tmp_path, "linux") is None
    assert own_command({"APPIMAGE": "/home/x/Deskhand.AppImage"}) == ("/home/x/Deskhand.AppImage",)
