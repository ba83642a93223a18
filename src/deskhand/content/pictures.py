"""Pictures that a body refers to: none is loaded here, each gets a number and a kind, and a text where it is not shown."""

import base64
import binascii
import re
from collections.abc import Container, Mapping, Sequence
from enum import StrEnum
from urllib.parse import unquote

from deskhand.content.links import inspect
from deskhand.content.names import sniff
from deskhand.content.safehtml import End, SafeHtml, Start, Text, Token, tokens, write
from deskhand.domain.lazy_dataclass import dataclass

_DATA = re.compile(r"data:image/[a-z+.-]{1,20};base64,([A-Za-z0-9+/=%\s]*)\Z", re.IGNORECASE)


class ImageKind(StrEnum):
    """Where a picture would come from."""

    REMOTE = "remote"
    CID = "cid"
    DATA = "data"
    REFUSED = "refused"
    """Nowhere: a local file, a relative address, an unknown scheme, SVG. Only its alternative text is shown."""


@dataclass(frozen=True, slots=True)
class BlockedImage:
    """A picture that the body refers to as `x-img:<index>`.

    Attributes:
        host: for a remote one, as ASCII.
        url: the address, the content id, or the base64 text; empty when refused.
    """

    index: int
    host: str
    url: str
    alt: str
    kind: ImageKind


def find_source(src: str, payloads: Sequence[str], known: Mapping[str, BlockedImage]) -> BlockedImage:
    """Tell what a `src` stands for; the index and the alternative text are the caller's.

    Args:
        src: as it stands in cleaned HTML.
        payloads: the data addresses that `x-data:<n>` stands for.
        known: what `x-img:<n>` stands for when our own output comes round again.
    """
    src = src.strip()
    if src.startswith("x-img:") and src in known:
        return known[src]
    if src.startswith("x-data:"):
        number = src[7:]
        src = payloads[int(number)] if number.isdecimal() and int(number[:9]) < len(payloads) else ""
    scheme = src.partition(":")[0].lower()
    if scheme in ("http", "https"):
        link = inspect(src)
        if not link.refused:
            return BlockedImage(0, link.host_ace, link.url, "", ImageKind.REMOTE)
    elif scheme == "cid":
        part = unquote(src[4:])
        if re.fullmatch(r"[\w.@+$!~=-]{1,250}", part) and ".." not in part:
            return BlockedImage(0, "", part, "", ImageKind.CID)
    elif scheme == "data" and (data := _DATA.match(src)):
        text = re.sub(r"\s", "", unquote(data[1]))
        if _is_picture(text):
            return BlockedImage(0, "", text, "", ImageKind.DATA)
    return BlockedImage(0, "", "", "", ImageKind.REFUSED)


def _is_picture(text: str) -> bool:
    try:
        head = base64.b64decode(text[:64], validate=True)
    except (binascii.Error, ValueError):
        return False
    return sniff(head) is not None


def images_as_text(html: SafeHtml, shown: Container[int]) -> SafeHtml:
    """Return a body in which every picture that is not shown is its alternative text in square brackets.

    A link on such a picture, with no other text, says the host that it leads to: nobody could see or reach it otherwise.

    Args:
        shown: indexes of the pictures that are there.
    """
    if "<img" not in html:
        return html
    out: list[Token] = []
    href, has_text, has_blocked = "", False, False
    for token in tokens(html):
        match token:
            case Start("img", attributes) if (number := _number(attributes.get("src", ""))) is not None and (
                number not in shown
            ):
                has_blocked = True
                if alt := " ".join(attributes.get("alt", "").split()):
                    has_text = True
                    out.append(Text(f"[{alt}]"))
                continue
            case Start("a", attributes):
                href, has_text, has_blocked = attributes.get("href", ""), False, False
            case Start("img"):
                has_text = True
            case Text(text):
                has_text = has_text or not text.isspace()
            case End("a"):
                if has_blocked and not has_text:
                    link = inspect(href)
                    out.append(Text(f"[{link.host_ace or link.url}]"))
            case _:
                pass
        out.append(token)
    return SafeHtml("".join(map(write, out)))


def _number(src: str) -> int | None:
    number = src.removeprefix("x-img:")
    return int(number) if number != src and number.isascii() and number.isdecimal() else None
