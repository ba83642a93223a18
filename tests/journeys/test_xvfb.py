"""The real program on a real X server, met through the accessibility tree alone: by name and role, as a screen reader meets it."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tests.helpers.journey_steps import open_tickets_with_messages, received_with_text

from deskhand_sandbox.sandbox import serving
from deskhand_sandbox.server import VendorServer

SYSTEM_PYTHON = "/usr/bin/python3"
TEXT = "It was sent this morning, you have it on Friday."
ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.xvfb


def missing() -> str:
    """Return what this machine lacks for such a test, or nothing."""
    for tool in ("Xvfb", "openbox", "dbus-daemon"):
        if shutil.which(tool) is None:
            return f"{tool} is not installed"
    asked = [SYSTEM_PYTHON, "-c", "import gi; gi.require_version('Atspi', '2.0'); from gi.repository import Atspi"]
    if not Path(SYSTEM_PYTHON).exists() or subprocess.run(asked, capture_output=True, check=False).returncode:
        return "python3-gi and gir1.2-atspi-2.0 are not installed"
    return ""


LACKS = missing()


@pytest.mark.skipif(bool(LACKS), reason=LACKS)
def test_a_screen_reader_finds_every_name_and_answers_a_ticket(tmp_path: Path) -> None:
    words = tmp_path / "words"
    words.write_text("correct horse battery\n")
    deskhand = [sys.executable, "-m", "deskhand", "--profile", str(tmp_path / "profile"), "--vault", "passphrase"]
    deskhand += ["--passphrase-file", str(words)]
    with serving(tickets=40, only=("nexuscore",)) as box:
        server = box["nexuscore"]
        add(deskhand, server)
        ticket = open_tickets_with_messages(server)[0]
        plan = tmp_path / "plan.json"
        command = [*deskhand, "--size", "1440x900", "--theme", "light"]
        plan.write_text(
            json.dumps({"command": command, "folder": str(ROOT), "subject": ticket["subject"], "text": TEXT})
        )
        environment = {name: value for name, value in os.environ.items() if not name.startswith(("QT_", "PYTHON"))}
        ran = subprocess.run(
            [SYSTEM_PYTHON, str(Path(__file__).with_name("onscreen.py")), str(plan)],
            capture_output=True,
            text=True,
            env=environment,
            timeout=150,
            check=False,
        )
        assert ran.returncode == 0, ran.stdout + ran.stderr
        drained = subprocess.run(
            [*deskhand, "outbox", "drain"], capture_output=True, text=True, timeout=60, check=False
        )
        assert drained.returncode == 0, drained.stdout + drained.stderr
        assert [one["ticket"] for one in received_with_text(server, TEXT)] == [ticket["id"]]


def add(deskhand: list[str], server: VendorServer) -> None:
    given = server.credentials
    command = [*deskhand, "accounts", "add", server.vendor, "--label", "Retail EU", "--base-url", server.base_url]
    command += ["--me", server.seed_data.me.email, "--set", f"client_id={given['client_id']}", "--secret-stdin"]
    ran = subprocess.run(
        command, input=given["client_secret"] + "\n", text=True, check=False, capture_output=True, timeout=60
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
