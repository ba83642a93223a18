"""`deskhand inspect` as a process: without a profile, a home or a display, and without a trace."""

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest
from tests.helpers.commands import COMMAND

KEYS = {
    *("html", "text", "snippet", "own_html", "quoted_html", "signature_html", "links", "pictures", "notices", "layout"),
    *("sanitize_ms", "layout_ms"),
}
BODY = (
    '<p>Hello, see <a href="https://evil.example/x">https://bank.example</a></p><img src="https://t.example/a.png" alt="logo">'
    "<table><tr><th>Item</th><th>Price</th></tr><tr><td>Pot</td><td>12</td></tr></table>"
    "<p>On Mon, 2 Nov 2026 at 10:00, Jane &lt;jane@example.com&gt; wrote:</p><blockquote type=cite><p>before</p></blockquote>"
)
KEPT = {
    name: value for name, value in os.environ.items() if name in ("PATH", "PYTHONPATH", "SYSTEMROOT", "LD_LIBRARY_PATH")
}


def run(*arguments: str, given: bytes = b"", **more: str) -> "subprocess.CompletedProcess[bytes]":
    """Run the command with nothing of this session."""
    return subprocess.run(
        [*COMMAND, "inspect", *arguments], input=given, capture_output=True, env={**KEPT, **more}, check=False
    )


def told(*arguments: str, given: bytes = b"", **more: str) -> Any:
    done = run(*arguments, "--json", given=given, **more)
    assert done.returncode == 0, done.stderr.decode()
    return json.loads(done.stdout)


def test_a_body_is_told_in_all_its_parts_without_home_display_or_profile(tmp_path: Path) -> None:
    (tmp_path / "body.html").write_text(BODY, encoding="utf-8")
    found = told(str(tmp_path / "body.html"))
    assert set(found) == KEYS
    assert "<table>" in found["html"]
    assert "before" in found["quoted_html"]
    assert "before" not in found["own_html"]
    assert found["signature_html"] is None
    assert set(found["layout"]) == {"cells", "depth", "cost", "fallback"}
    assert found["layout"]["cells"] == 4
    (link,) = found["links"]
    assert link == {
        "shown": "https://bank.example",
        "target": "https://evil.example/x",
        "verdict": "ask",
        "reasons": link["reasons"],
    }
    assert link["reasons"]
    assert found["pictures"] == [{"kind": "remote", "alt": "logo", "loaded": False}]
    assert any("t.example" in notice for notice in found["notices"])
    assert found["sanitize_ms"] >= 0
    assert found["layout_ms"] >= 0


def test_nothing_is_written_anywhere(tmp_path: Path) -> None:
    home, profile = tmp_path / "home", tmp_path / "profile"
    home.mkdir()
    told("-", given=BODY.encode(), HOME=str(home), DESKHAND_PROFILE=str(profile), XDG_CACHE_HOME=str(home / "cache"))
    assert [path for path in home.rglob("*") if "fontconfig" not in path.parts and path.name != "cache"] == []
    assert not profile.exists()


def test_without_json_a_person_can_read_it() -> None:
    done = run("-", given=BODY.encode())
    said = done.stdout.decode()
    assert done.returncode == 0
    assert "Hello, see https://bank.example" in said
    assert "https://evil.example/x: ask" in said
    assert "Read as:    html" in said


@pytest.mark.parametrize(
    ("body", "form", "text"),
    [
        ("a < b and <0>", "auto", "a < b and <0>"),
        ("<p>a</p>", "auto", "a"),
        ("<p>a</p>", "plain", "<p>a</p>"),
        ("a &amp; b", "html", "a & b"),
    ],
)
def test_the_format_is_as_told_or_as_the_program_decides(body: str, form: str, text: str) -> None:
    assert told("-", "--format", form, given=body.encode())["text"] == text


@pytest.mark.parametrize(
    "given",
    [b"", b"\xff\xfe\xd8", b"Caf\xe9", "\ufeff<p>x</p>".encode("utf-16"), b"\0" * 50, b"<table>" * 90_000],
    ids=["nothing", "cut off", "Latin-1", "UTF-16", "zeros", "too many tags"],
)
def test_any_bytes_are_told(given: bytes) -> None:
    assert set(told("-", given=given)) == KEYS


def test_a_whole_mail_is_called_one() -> None:
    mail = b"From: a@b.example\r\nTo: c@d.example\r\nSubject: x\r\n\r\nbody"
    assert any("whole mail" in notice for notice in told("-", given=mail)["notices"])


def test_what_costs_too_much_is_told_with_its_fallback() -> None:
    found = told("-", given=b"<b>bold</b> and <i>slanted</i> " * 4_000)
    assert found["layout"]["fallback"] == "plain"
    assert any("take too long" in notice for notice in found["notices"])


def test_an_attachment_is_judged_by_name_type_and_content(tmp_path: Path) -> None:
    assert told("--attachment", "invoice.exe") == {"shown_name": "invoice.exe", "opens": False, "why": "ending"}
    plain = told("--attachment", "photo.png", "--type", "image/png")
    assert plain["opens"] is True
    page = tmp_path / "page"
    page.write_text("<html><script>1</script></html>", encoding="utf-8")
    assert told("--attachment", "photo.png", str(page))["opens"] is False
    assert "only saved" in run("--attachment", "a.pdf\u202efdp.exe").stdout.decode()


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ((), 2),
        (("-", "--type", "text/html"), 2),
        (("--attachment", "a.png", "--format", "html"), 2),
        (("-", "--format", "rtf"), 2),
        (("no-such-file.html",), 1),
        ((".",), 1),
    ],
)
def test_wrong_usage_and_unreadable_files_are_a_sentence(arguments: tuple[str, ...], code: int) -> None:
    done = run(*arguments)
    assert done.returncode == code
    assert done.stdout == b""
    assert done.stderr.strip()
    assert b"Traceback" not in done.stderr
