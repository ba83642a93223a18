"""Small mails of our own making, each with what it says and what of it is quoted: `tests/corpus/mails/*/*.mail`.

A file has sections, each below a line `=== name`:

- `about`: lines `key: value`. `format` is `html` or `plain`; `client`, `language` and `note` are for people.
- `body`: as the vendor hands it over, line ends included.
- `own`, `quoted`, `signature`: the words that belong there, white space collapsed. No `own` = not asserted; no `quoted` or no
  `signature` = there must be none.
- `must_show`, `must_not_show`, `links`: one per line; words of the message as a whole, and addresses that may be clicked.
"""

import re
from dataclasses import dataclass
from pathlib import Path

from deskhand.content.safehtml import INLINE, End, Start, Text, tokens

CORPUS = Path(__file__).parent.parent / "corpus" / "mails"
_SECTION = re.compile(r"^=== (\w+)\n", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class CorpusMail:
    """One mail with what is expected of it."""

    name: str
    is_html: bool
    body: str
    own: str | None
    quoted: str
    signature: str
    must_show: tuple[str, ...]
    must_not_show: tuple[str, ...]
    links: tuple[str, ...]
    about: dict[str, str]


def load_mails() -> list[CorpusMail]:
    """Return the whole corpus, by name."""
    return [_load(path) for path in sorted(CORPUS.glob("*/*.mail"))]


def _load(path: Path) -> CorpusMail:
    pieces = _SECTION.split(path.read_text(encoding="utf-8"))
    sections = dict(zip(pieces[1::2], pieces[2::2], strict=True))
    known = {"about", "body", "own", "quoted", "signature", "must_show", "must_not_show", "links"}
    assert pieces[0] == "", path
    assert sections.keys() <= known, path
    about = dict(_pairs(sections["about"]))
    assert about["format"] in ("html", "plain"), path
    return CorpusMail(
        name=f"{path.parent.name}/{path.stem}",
        is_html=about["format"] == "html",
        body=sections["body"],
        own=collapse(sections["own"]) if "own" in sections else None,
        quoted=collapse(sections.get("quoted", "")),
        signature=collapse(sections.get("signature", "")),
        must_show=tuple(sections.get("must_show", "").splitlines()),
        must_not_show=tuple(sections.get("must_not_show", "").splitlines()),
        links=tuple(sections.get("links", "").splitlines()),
        about=about,
    )


def _pairs(section: str) -> tuple[tuple[str, str], ...]:
    return tuple((key, value) for key, _, value in (line.partition(": ") for line in section.splitlines()))


def collapse(text: str) -> str:
    """Return a text with its white space, and what Qt shows as such, collapsed."""
    return " ".join(text.replace("\ufeff", " ").split())


def words_of(html: str | None) -> str:
    """Return the words of sanitized HTML without marks of lists and quotations, white space collapsed."""
    out: list[str] = []
    for token in tokens(html or ""):
        match token:
            case Text(text):
                out.append(text)
            case Start("img", attributes):
                out.append(f" {attributes.get('alt', '')} ")
            case Start(name) | End(name) if name not in INLINE or name == "br":
                out.append(" ")
            case _:
                pass
    return collapse("".join(out))


def links_of(html: str) -> set[str]:
    """Return the addresses that sanitized HTML lets be clicked."""
    return {token.attributes["href"] for token in tokens(html) if isinstance(token, Start) and token.name == "a"}
