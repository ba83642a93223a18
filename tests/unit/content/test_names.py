"""Attack cases A34 and A35."""

import pytest

from deskhand.content.names import ImageType, OpenReason, Verdict, judge, safe_file_name, sniff, unique_name

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


OLE, ZIP, PDF, TEXT = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04\x14\0", b"%PDF-1.7\n", b"hello\n"
ACTING_WORDS = (
    "lnk url hta html htm xhtml svg svgz xml iso img vhd scr exe com js jse vbs wsf ps1 bat cmd msi msu msix appx appinstaller desktop sh "
    "command docm xlsm pptm dotm rdp iqy slk ppkg diagpkg diagcab diagcfg deskthemepack themepack appcontent-ms library-ms search-ms xla xlam xlsb xlt "
    "xltm xll wll accde accdb mdb scpt scptd applescript mpkg pkg dmg prefpane saver flatpak flatpakref flatpakrepo snap appimage bin run rb php "
    "lua py pl jar jnlp chm reg inf cpl gadget application webloc inetloc mobileconfig terminal workflow action one onepkg website "
    "settingcontent-ms scf sct xbap vsto ade mde pub wiz osd swf air apk ipa deb rpm so dll sys 7z rar unknownkind"
)


@pytest.mark.parametrize("ending", ACTING_WORDS.split())
def test_an_ending_that_is_not_on_the_list_is_only_saved_whatever_is_in_it(ending):
    for head in (b"", TEXT, PDF, OLE, ZIP):
        assert judge(f"x.{ending}", "application/octet-stream", head) == Verdict(
            f"x.{ending}", False, OpenReason.ENDING
        )
        assert judge(f"x.{ending.upper()}. ", "text/plain", head).reason is OpenReason.ENDING


@pytest.mark.parametrize(
    ("name", "mime", "head", "why"),
    [
        ("invoice.pdf", "application/pdf", b"MZ\x90\0", OpenReason.CONTENT),
        ("invoice.pdf", "application/pdf", b"<html><script>", OpenReason.CONTENT),
        ("invoice.pdf", "application/pdf", ZIP, OpenReason.CONTENT),
        ("x.png", "image/png", JPEG, OpenReason.CONTENT),
        ("x.jpg", "image/png", PNG, OpenReason.TYPE),
        ("x.png", "image/png", b"<svg xmlns=", OpenReason.CONTENT),
        ("x.txt", "image/svg+xml", b"", OpenReason.TYPE),
        ("x.txt", "text/html; charset=utf-8", TEXT, OpenReason.TYPE),
        ("x.pdf", "application/x-msdownload", PDF, OpenReason.TYPE),
        ("x.pdf", "image/png", PDF, OpenReason.TYPE),
        ("notes.txt", "text/plain", b"#!/bin/sh\n", OpenReason.CONTENT),
        ("notes.txt", "text/plain", b"\xef\xbb\xbf  <!DOCTYPE html>", OpenReason.CONTENT),
        ("notes.txt", "text/plain", "\ufeff<html>".encode("utf-16-le"), OpenReason.CONTENT),
        ("notes.txt", "text/plain", b"MZ\x90\0", OpenReason.CONTENT),
        ("notes.csv", "text/csv", OLE + bytes(20), OpenReason.CONTENT),
        ("a.txt", "text/plain", PNG, OpenReason.CONTENT),
        ("letter.docx", "", OLE, OpenReason.CONTENT),
        ("letter.doc", "", b"<html>", OpenReason.CONTENT),
        ("film.mp4", "video/mp4", b"#!/bin/sh\n", OpenReason.CONTENT),
        ("sound.amr", "audio/amr", b"#!/bin/sh\n", OpenReason.CONTENT),
        ("x", "text/html", b"", OpenReason.NO_ENDING),
        ("x", "", b"<!doctype html><script>", OpenReason.NO_ENDING),
        ("README", "text/plain", TEXT, OpenReason.NO_ENDING),
        (".pdf", "application/pdf", PDF, OpenReason.NO_ENDING),
        ("", "", b"", OpenReason.NO_ENDING),
        ("a.pdf\u202efdp.txt", "text/plain", TEXT, OpenReason.HIDDEN_CHARACTERS),
        ("a\u200b.txt", "text/plain", TEXT, OpenReason.HIDDEN_CHARACTERS),
        ("a\u3164.txt", "text/plain", TEXT, OpenReason.HIDDEN_CHARACTERS),
        ("invoice\u200c.txt", "text/plain", TEXT, OpenReason.HIDDEN_CHARACTERS),
        ("invoice\u200dx.txt", "text/plain", TEXT, OpenReason.HIDDEN_CHARACTERS),
        ("😀\u200d.txt", "text/plain", TEXT, OpenReason.HIDDEN_CHARACTERS),
        ("a\U000e0041.txt", "text/plain", TEXT, OpenReason.HIDDEN_CHARACTERS),
    ],
)
def test_a_file_that_is_not_what_it_says_is_only_saved_and_the_reason_is_given(name, mime, head, why):
    verdict = judge(name, mime, head)
    assert (verdict.opens, verdict.reason) == (False, why)


@pytest.mark.parametrize(
    ("name", "mime", "head"),
    [
        ("x.png", "image/png", PNG),
        ("x.PNG", "", PNG),
        ("x.png", "image/png", b""),
        ("photo.jpeg", "image/jpeg", JPEG),
        ("photo.jpg", "image/jpg", JPEG),
        ("photo.heic", "image/heic", b"\0\0\0\x18ftypheic"),
        ("report.pdf", "application/pdf", PDF),
        ("report.pdf", "application/octet-stream", PDF),
        ("notes.txt", "text/plain; charset=utf-8", TEXT),
        ("notes.txt", "text/plain", "\ufeffPrüfung".encode("utf-16-le")),
        ("notes.txt", "text/plain", b"caf\xe9 <b>bold</b>"),
        ("table.csv", "text/csv", b"a,b\n"),
        ("table.csv", "application/vnd.ms-excel", b"a,b\n"),
        ("letter.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", ZIP),
        ("old.xls", "application/x-msexcel", OLE),
        ("both.zip", "application/x-zip-compressed", ZIP),
        ("film.mp4", "video/mp4", b"\0\0\0\x18ftypmp42"),
        ("voice.amr", "audio/amr", b"#!AMR\n"),
        ("voice.wav", "audio/x-wav", b"RIFF\0\0\0\0WAVEfmt "),
        ("Rechnung März 😀.pdf", "application/pdf", PDF),
        ("نامه\u200cها.pdf", "application/pdf", PDF),
        ("می\u200cخواهم.txt", "text/plain", TEXT),
        ("ක්\u200dරමය.pdf", "application/pdf", PDF),
        ("👩\u200d👧\u200d👦 family.png", "image/png", PNG),
        ("❤️\u200d🔥.png", "image/png", PNG),
        ("🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f.png", "image/png", PNG),
        ("שלום.pdf", "application/pdf", PDF),
    ],
)
def test_ordinary_files_open_under_their_own_name(name, mime, head):
    assert judge(name, mime, head) == Verdict(name, True, OpenReason.ORDINARY)
    assert safe_file_name(name) == name


def test_a_name_is_shown_with_every_character():
    assert judge("a.pdf\u202efdp.exe", "", b"").shown_name == "a.pdf[U+202E]fdp.exe"
