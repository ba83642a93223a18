"""Attack cases A34 and A35."""

import pytest

from deskhand.content.names import ImageType, is_dangerous, safe_file_name, sniff, unique_name

PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"
JPEG = b"\xff\xd8\xff\xe0\0\x10JFIF"


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("report.pdf", "report.pdf"),
        ("Rechnung März 😀.pdf", "Rechnung März 😀.pdf"),
        ("a.pdf\u202efdp.exe", "a.pdf[U+202E]fdp.exe"),
        ("a\u200b.txt", "a[U+200B].txt"),
        (r"..\..\x", "_.._x"),
        ("../../etc/passwd", "_.._etc_passwd"),
        ("/etc/passwd", "_etc_passwd"),
        ("C:\\x.txt", "C__x.txt"),
        ("CON", "_CON"),
        ("aux.txt", "_aux.txt"),
        ("COM1.log", "_COM1.log"),
        ("console.txt", "console.txt"),
        ("x.txt:ads", "x.txt_ads"),
        ("x.txt. . ", "x.txt"),
        ("", "attachment"),
        ("...", "attachment"),
        ("a\nb\0.txt", "a[U+000A]b[U+0000].txt"),
        ("a\ud800.txt", "a[U+D800].txt"),
    ],
)
def test_a_name_becomes_one_harmless_part_of_a_path(name, safe):
    assert safe_file_name(name) == safe


@pytest.mark.parametrize(
    "name", ["x" * 300 + ".pdf", "😀" * 300 + ".pdf", "x" * 300, "x." + "y" * 300, "a" * 170 + ". .pdf"]
)
def test_a_long_name_is_cut_and_keeps_its_ending(name):
    safe = safe_file_name(name)
    assert len(safe.encode()) <= 180
    assert not safe.endswith((".", " "))
    assert safe_file_name(safe) == safe
    if name.endswith(".pdf"):
        assert safe.endswith(".pdf")


def test_the_same_name_twice_gets_a_number_whatever_its_case():
    assert unique_name("A.txt", {"a.txt"}) == "A (2).txt"
    assert unique_name("a.txt", {"a.txt", "a (2).txt"}) == "a (3).txt"
    assert unique_name("noending", {"noending"}) == "noending (2)"
    assert unique_name("../x", set()) == "_x"


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (PNG, ImageType.PNG),
        (JPEG, ImageType.JPEG),
        (b"GIF89a....", ImageType.GIF),
        (b"RIFF\0\0\0\0WEBPVP8 ", ImageType.WEBP),
        (b"<svg xmlns=", None),
        (b"RIFF\0\0\0\0WAVE", None),
        (b"", None),
    ],
)
def test_pictures_are_told_by_their_first_bytes(head, kind):
    assert sniff(head) is kind


@pytest.mark.parametrize(
    ("name", "mime", "head"),
    [
        *(
            (f"x.{ending}", "application/octet-stream", b"")
            for ending in [
                "lnk",
                "url",
                "hta",
                "html",
                "svg",
                "iso",
                "scr",
                "exe",
                "js",
                "vbs",
                "desktop",
                "sh",
                "docm",
            ]
        ),
        ("invoice.pdf", "application/pdf", b"MZ\x90\0"),
        ("invoice.pdf", "application/pdf", b"<html><script>"),
        ("invoice.pdf", "application/pdf", b"PK\x03\x04"),
        ("x.png", "image/png", JPEG),
        ("x.jpg", "image/png", PNG),
        ("x.png", "image/png", b"<svg xmlns="),
        ("x", "text/html", b""),
        ("x.txt", "image/svg+xml", b""),
        ("notes.txt", "text/plain", b"#!/bin/sh\n"),
        ("notes.txt", "text/plain", b"\xef\xbb\xbf  <!DOCTYPE html>"),
        ("a.pdf\u202efdp.txt", "text/plain", b"hello"),
        ("x.EXE. ", "text/plain", b""),
        ("a.txt", "text/plain", PNG),
    ],
)
def test_files_that_act_or_lie_are_dangerous(name, mime, head):
    assert is_dangerous(name, mime, head)


@pytest.mark.parametrize(
    ("name", "mime", "head"),
    [
        ("x.png", "image/png", PNG),
        ("x.PNG", "", PNG),
        ("photo.jpeg", "image/jpeg", JPEG),
        ("photo.jpg", "image/jpg", JPEG),
        ("report.pdf", "application/pdf", b"%PDF-1.7"),
        ("notes.txt", "text/plain; charset=utf-8", b"hello"),
        ("table.csv", "text/csv", b"a,b\n"),
        ("letter.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", b"PK\x03\x04"),
        ("unknown", "", b""),
    ],
)
def test_ordinary_files_are_not(name, mime, head):
    assert not is_dangerous(name, mime, head)
