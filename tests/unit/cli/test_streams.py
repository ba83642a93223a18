"""Text that goes into a file or another program is UTF-8, also where the system's own code page lacks most letters."""

import json
import os
import subprocess
import sys

import pytest

ECHO = "import sys; from deskhand.__main__ import speak_utf8; speak_utf8(); print(sys.stdin.read())"


def in_a_code_page(given: bytes) -> bytes:
    # As on a Windows of Western Europe.
    settings = os.environ | {"PYTHONIOENCODING": "cp1252", "PYTHONUTF8": "0"}
    done = subprocess.run((sys.executable, "-c", ECHO), input=given, env=settings, capture_output=True, check=True)
    return done.stdout.strip()


def test_any_script_is_read_and_written():
    text = "Grüße, こんにちは, שלום 🧡".encode()
    assert in_a_code_page(text) == text


def test_a_mark_of_byte_order_that_powershell_puts_in_front_is_left_out():
    assert in_a_code_page("\ufeffsecret".encode()) == b"secret"


TEXT = "Grüße, Łódź, こんにちは 🧡"
SAY = (
    "import json, sys; from deskhand.__main__ import escape_unknown_letters; from deskhand.cli.console import Terminal;"
    f"escape_unknown_letters(); text = {TEXT!a};"
    "console = Terminal(); console.block(json.dumps({'subject': text}, ensure_ascii=False)); console.err(text);"
    "print('caf' + chr(0xdce9))"
)


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252", "iso8859-2", "koi8-r", "utf-8", "cp932"])
def test_a_letter_that_the_locale_lacks_is_an_escape_and_json_stays_json(encoding):
    settings = os.environ | {"PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"}
    done = subprocess.run((sys.executable, "-c", SAY), env=settings, capture_output=True, check=True)
    first, second = done.stdout.decode(encoding).splitlines()
    assert json.loads(first) == {"subject": TEXT}
    assert second == "caf\\udce9"
    said = done.stderr.decode(encoding).strip()
    assert json.loads(f'"{said}"') == TEXT
