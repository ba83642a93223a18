"""Keyboards of several countries, on a real X server: what is typed with AltGr is text and no command, digits are keys by their place."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

LACKS = [tool for tool in ("Xvfb", "xdotool", "setxkbmap") if shutil.which(tool) is None]


@pytest.mark.xvfb
@pytest.mark.skipif(bool(LACKS), reason=f"not installed: {', '.join(LACKS)}")
def test_every_layout_types_with_altgr_and_leads_to_the_views_with_alt_and_a_digit() -> None:
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "800x600x24", "-nolisten", "tcp", "-noreset"]
    with subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL) as server:
        os.close(writing)
        try:
            with os.fdopen(reading, "rb") as told:
                display = ":" + told.readline().decode().strip()
            ran = subprocess.run(
                [sys.executable, str(Path(__file__).with_name("layouts_session.py"))],
                env={**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb"},
                capture_output=True,
                text=True,
                timeout=240,
                check=False,
            )
        finally:
            server.terminate()
    assert ran.returncode == 0, ran.stdout + ran.stderr
    said = [json.loads(line) for line in ran.stdout.splitlines()]
    assert {one["layout"] for one in said} == {"us", "de", "pl", "us intl", "fr", "cz", "dk"}
    assert [one for one in said if one["ran"]] == []
    assert [one for one in said if one["views"] != [f"Alt+{n}" for n in range(1, 7)]] == []
    assert all(one["text after"] == one["text"] for one in said), said
    assert all(one["text"].endswith("e") for one in said), said
    for layout, letters in (("de", "€@µ"), ("pl", "ąćęłńóśźż"), ("us intl", "éáß")):
        for one in said:
            if one["layout"] == layout:
                assert set(letters) <= set(one["text"]), one
