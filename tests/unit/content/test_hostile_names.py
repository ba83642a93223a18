"""A file opens by what is in it and what it is called together; ordinary names of every script stay as they are."""

import pytest

from deskhand.content.characters import show_controls
from deskhand.content.names import OpenReason, judge, safe_file_name

PDF = b"%PDF-1.7\n"


@pytest.mark.parametrize("ending", ["txt", "log", "csv", "md", "eml"])
@pytest.mark.parametrize(
    "head",
    [
        b"<p>Dear customer</p><script>",
        b"<a href='x'>",
        b"<DIV onclick=x>",
        b"\n <img src=x onerror=y>",
        b"\xef\xbb\xbf<table>",
        b"<meta http-equiv=refresh>",
        b"<b>x</b>",
        b"<?php system('x');",
        b"<h1>x",
        b"<svg/onload=x>",
        b"\xff\xfe<\0p\0>\0<\0s\0c\0r\0i\0p\0t\0>\0",
        b"[InternetShortcut]\r\nURL=file:///x",
        b"[Desktop Entry]\nExec=x",
        b"%!PS-Adobe-3.0",
        b"ID;PWXL;N;E\nP;PGeneral",
        b"Rar!\x1a\x07\0",
        b"7z\xbc\xaf\x27\x1c\0\4",
        b"\x1f\x8b\x08\0",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        b"MZ\x90\0",
    ],
)
def test_what_is_no_text_is_only_saved_under_a_texts_name(ending: str, head: bytes) -> None:
    assert judge(f"notes.{ending}", "text/plain", head).reason is OpenReason.CONTENT


@pytest.mark.parametrize(
    ("name", "head"),
    [
        ("log.txt", b"<2025-01-01> started"),
        ("log.log", b"<info> started"),
        ("mail.txt", b"<jane@example.com> wrote:"),
        ("notes.md", b"# Title\n<b>x</b>"),
        ("list.csv", b"ID;Name;City\n1;Jane;Utrecht\n"),
        ("list.csv", b"ID;Product;Price\n1;A;2\n"),
        ("mail.eml", b"From: a@x.example\n\n<html>"),
        ("colour.log", b"\x1b[31mred\x1b[0m\tx\r\n"),
        ("umlaut.txt", "Grüße 😀".encode()),
        ("latin.txt", "Grüße".encode("latin-1")),
        ("wide.txt", "Grüße".encode("utf-16")),
        ("empty.txt", b""),
    ],
)
def test_an_ordinary_text_opens(name: str, head: bytes) -> None:
    assert judge(name, "text/plain", head).opens


@pytest.mark.parametrize(
    "name",
    [
        "\u200fחשבונית.pdf",
        "فاتورة\u200e.pdf",
        "می\u200cخواهم\u200f.pdf",
        "ខ្មែរ\u200bភាសា.pdf",
        "ไทย\u200bไทย.pdf",
        "မြန်မာ\u200bစာ.pdf",
        "ᠬᠠᠷ\u180eᠠ.pdf",
        "क\u094d\u200dष.pdf",
        "👩\u200d💻.pdf",
        "❤\ufe0f\u200d🔥.pdf",
        "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichenverordnung.pdf",
        "見積書（第2版）.pdf",
    ],
)
def test_an_ordinary_name_of_any_script_opens_under_its_own_name(name: str) -> None:
    verdict = judge(name, "application/pdf", PDF)
    assert verdict.opens
    assert verdict.shown_name == safe_file_name(name) == name


@pytest.mark.parametrize(
    "name",
    [
        "invoice\u202efdp.exe",
        "invoice\u2067fdp.exe",
        "invoice\u200b.pdf",
        "in\u200evoice.pdf",
        "in\u200fvoice.pdf",
        "invoice.p\u200ddf",
        "invoice\u00ad.pdf",
        "invoice\u2060.pdf",
        "ไทย\u200b.pdf",
        "x\u180e.pdf",
        "invoice\ufeff.pdf",
    ],
)
def test_a_character_that_only_hides_is_shown_and_the_file_is_only_saved(name: str) -> None:
    verdict = judge(name, "application/pdf", PDF)
    assert verdict.reason is OpenReason.HIDDEN_CHARACTERS
    assert "[U+" in verdict.shown_name
    assert show_controls(verdict.shown_name) == verdict.shown_name
