"""Keyboards of several countries, on a real X server: what is typed with AltGr is text and no command, digits are keys by their place."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tests.helpers.x_server import x_server

LACKS = [tool for tool in ("Xvfb", "xdotool", "setxkbmap") if shutil.which(tool) is None]


@pytest.mark.xvfb
@pytest.mark.skipif(bool(LACKS), reason=f"not installed: {', '.join(LACKS)}")
def test_every_layout_types_with_altgr_leads_to_the_views_with_alt_and_a_digit_and_runs_letters_that_it_lacks() -> None:
    with x_server() as display:
        ran = subprocess.run(
            [sys.executable, str(Path(__file__).with_name("layouts_session.py"))],
            env={**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb"},
            capture_output=True,
            text=True,
            timeout=240,
            check=False,
        )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    every = [json.loads(line) for line in ran.stdout.splitlines()]
    foreign, said = [one for one in every if "foreign" in one], [one for one in every if "layout" in one]
    assert {one["foreign"] for one in foreign} == {"ru", "gr", "il", "ara", "ge"}
    assert [one for one in foreign if one["ran"] != ["R", "E", "Ctrl+K", "M"]] == []
    assert {one["layout"] for one in said} == {"us", "de", "pl", "us intl", "fr", "cz", "dk"}
    assert [one for one in said if one["ran"]] == []
    assert [one for one in said if one["views"] != [f"Alt+{n}" for n in range(1, 7)]] == []
    assert all(one["text after"] == one["text"] for one in said), said
    assert all(one["text"].endswith("e") for one in said), said
    for layout, letters in (("de", "€@µ"), ("pl", "ąćęłńóśźż"), ("us intl", "éáß")):
        for one in said:
            if one["layout"] == layout:
                assert set(letters) <= set(one["text"]), one
