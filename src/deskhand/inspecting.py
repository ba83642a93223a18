"""`deskhand inspect`: what the program would show of a message body or of an attachment's name. No profile, no display, no writing."""

import logging
import sys
from argparse import Namespace
from base64 import b64decode
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from deskhand.cli import inspect
from deskhand.content.inspection import Inspected, decode, inspect_body, is_whole_mail
from deskhand.content.names import judge
from deskhand.content.sanitize import ImageKind
from deskhand.domain.capabilities import BodyFormat
from deskhand.domain.threads import Message, Picture, Side, Visibility
from deskhand.domain.tickets import Person
from deskhand.vendors.bodies import body_format

if TYPE_CHECKING:
    from deskhand.domain.console import Console

MOST_BYTES = 64 * 1024 * 1024
"""More of a file is not read."""
_HEAD = 512


def run(parsed: Namespace, console: "Console") -> int:
    """Carry the command out; returns the exit code (0 done, 1 it cannot be read, 2 wrong usage)."""
    if (wrong := inspect.wrong_usage(parsed)) is not None:
        console.err(wrong)
        return 2
    try:
        data = _read(parsed.file, _HEAD if parsed.attachment is not None else MOST_BYTES + 1) if parsed.file else b""
    except OSError as error:
        console.err(f"{error.strerror}: {error.filename or parsed.file}")
        return 1
    if parsed.attachment is not None:
        verdict = judge(parsed.attachment, parsed.type, data)
        inspect.tell_attachment(verdict, console, as_json=parsed.json)
        return 0
    notices = []
    if len(data) > MOST_BYTES:
        data = data[:MOST_BYTES]
        notices.append(f"Only the first {MOST_BYTES // 1024 // 1024} MB of the file were read.")
    text, encoding = decode(data)
    if encoding != "utf-8":
        notices.append(f"The file is not UTF-8; it was read as {encoding}.")
    if is_whole_mail(text):
        notices.append("This is a whole mail with its headers. What is inspected is a message body: give only that.")
    form = body_format(text) if parsed.format == "auto" else BodyFormat(parsed.format)
    found = inspect_body(text, is_html=form is BodyFormat.HTML)
    pictures, seconds = _lay_out(found, console)
    told = inspect.Told(found, form.value, (*notices, *_notices(found)), frozenset(pictures), seconds)
    inspect.tell(told, console, as_json=parsed.json)
    return 0


def _read(name: str, most: int) -> bytes:
    if name == "-":
        return sys.stdin.buffer.read(most)
    with Path(name).open("rb") as file:
        return file.read(most)


def _notices(found: Inspected) -> Iterable[str]:
    """Return what the message card says beside the body."""
    from deskhand.ui.ticket import message_text

    sanitized = found.sanitized
    message = Message(
        id="",
        author=Person(),
        side=Side.CUSTOMER,
        visibility=Visibility.PUBLIC,
        text=sanitized.text,
        pictures=tuple(Picture(image.index, str(image.kind), image.url, image.host) for image in sanitized.images),
        truncated=sanitized.truncated,
        notice=str(sanitized.notice) if sanitized.notice else "",
    )
    return filter(None, (message_text.omitted_text(message), message_text.blocked_pictures(message)))


def _lay_out(found: Inspected, console: "Console") -> tuple[Iterable[int], float]:
    """Lay the body out as the window does; return the pictures that are shown without asking, and the seconds."""
    logging.getLogger("deskhand").addHandler(
        logging.NullHandler()
    )  # what Qt says of the locale is no answer of a command
    from deskhand.ui import display

    display.use_offscreen()
    from deskhand.ui.ticket import layout_measurement

    inline = {image.index: image.url for image in found.sanitized.images if image.kind is ImageKind.DATA}
    pictures = {index: b64decode(text) for index, text in inline.items()}
    return layout_measurement.lay_out(found.sanitized.html, pictures, lambda problem: console.err(problem.detail))
