"""Words that go into a file or another program are UTF-8, also where the system's own code page lacks most letters."""

import os
import subprocess
import sys

ECHO = "import sys; from deskhand.__main__ import speak_utf8; speak_utf8(); print(sys.stdin.read())"


def in_a_code_page(given: bytes) -> bytes:
    # As on a Windows of Western Europe.
    settings = os.environ | {"PYTHONIOENCODING": "cp1252", "PYTHONUTF8": "0"}
    done = subprocess.run((sys.executable, "-c", ECHO), input=given, env=settings, capture_output=True, check=True)
    return done.stdout.strip()


def test_any_script_is_read_and_written():
    words = "Grüße, こんにちは, שלום 🧡".encode()
    assert in_a_code_page(words) == words


def test_a_mark_of_byte_order_that_powershell_puts_in_front_is_left_out():
    assert in_a_code_page("\ufeffsecret".encode()) == b"secret"
