"""What the portal may make of a reply's text: the documents do not say, so a client must find its reply again either way."""

import re
from html import escape
from html.parser import HTMLParser
from typing import Literal

Rewriting = Literal["as_sent", "wrapped", "normalised"]

_TAG = re.compile(r"<[a-zA-Z/!][^>]*>")
_SPACE = re.compile(r"\s+")


def rewritten(text: str, how: Rewriting) -> str:
    """The text of a reply as the portal stores it."""
    match how:
        case "as_sent":
            return text
        case "wrapped":
            return text if _TAG.search(text) else _wrapped(text)
        case "normalised":
            writer = _Writer()
            writer.feed(text if _TAG.search(text) else _wrapped(text))
            writer.close()
            return "".join(writer.parts).strip()


def _wrapped(text: str) -> str:
    paragraphs = re.split(r"\n\s*\n", text.replace("\r\n", "\n").strip())
    return "".join("<p>" + escape(part, quote=False).replace("\n", "<br>") + "</p>" for part in paragraphs)


class _Writer(HTMLParser):
    """Prints HTML again, without attributes and comments."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        self.parts.append("<br />" if tag == "br" else f"<{tag}>")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        self.parts.append(f"<{tag} />")

    def handle_endtag(self, tag: str) -> None:
        self.parts.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self.parts.append(escape(_SPACE.sub(" ", data), quote=True))
