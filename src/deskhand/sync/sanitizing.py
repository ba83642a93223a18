"""A vendor's messages into messages that may be shown. Runs on a worker thread where there is more than a handful to do.

The rules (`deskhand.content.sanitize`, `quotes` and `plain`, 35 modules) are imported inside functions: they are a twentieth of the window's
start, and nothing is sanitized or compared before the first paint. `window_start.warm_up` imports them right after it.
"""

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING

from deskhand.domain.capabilities import BodyFormat
from deskhand.domain.threads import Message, Picture, RemoteMessage, Side, find_part

if TYPE_CHECKING:
    from deskhand.content.pictures import BlockedImage

FEW_CHARACTERS = 4_000
"""Below this a thread switch costs more than the sanitizing (nh3: 20 us per KB)."""


async def sanitize_messages(remote: Sequence[RemoteMessage], me: str) -> tuple[Message, ...]:
    """Return the messages in the same order, sanitized, with quotes and signatures split off and images blocked.

    Args:
        me: the agent's own e-mail in this account, to mark what is theirs.
    """
    if sum(len(message.body) for message in remote) < FEW_CHARACTERS:
        return tuple(sanitize_message(message, me) for message in remote)
    return await asyncio.to_thread(lambda: tuple(sanitize_message(message, me) for message in remote))


def sanitize_message(remote: RemoteMessage, me: str, *, mine: bool = False) -> Message:
    """Sanitize one message.

    Args:
        me: the agent's own e-mail in this account.
        mine: it is known to be the agent's, whatever its vendor calls the author.
    """
    from deskhand.content.quotes import divide
    from deskhand.content.sanitize import SANITIZER_VERSION, sanitize, sanitize_plain

    is_me = bool(me) and remote.author.email.casefold() == me.casefold()
    mine = mine or (remote.side is Side.AGENT and is_me)
    common = {
        "id": remote.id,
        "author": remote.author,
        "side": remote.side,
        "visibility": remote.visibility,
        "created_at": remote.created_at,
        "attachments": remote.attachments,
        "mine": mine,
        "cc": remote.cc,
        "automatic": remote.automatic,
    }
    sanitized = sanitize_plain(remote.body) if remote.format is BodyFormat.PLAIN else sanitize(remote.body)
    parts = divide(sanitized.html)
    return Message(
        **common,  # type: ignore[arg-type]
        text=sanitized.text,
        html=parts.own,
        quote=parts.quoted or "",
        signature=parts.signature or "",
        pictures=tuple(_picture(image, remote) for image in sanitized.images),
        truncated=sanitized.truncated,
        notice=str(sanitized.notice) if sanitized.notice else "",
        sanitizer_version=SANITIZER_VERSION,
    )


def _picture(image: "BlockedImage", remote: RemoteMessage) -> Picture:
    """Return what the window does about a picture: a part of the message that lies on a foreign host is not fetched unasked."""
    from deskhand.content.links import inspect
    from deskhand.content.pictures import ImageKind

    part = find_part(remote.attachments, image.url) if image.kind is ImageKind.CID else None
    if part is not None and not part.own_server:
        return Picture(image.index, "elsewhere", image.url, inspect(part.url).host_ace, image.alt)
    return Picture(image.index, str(image.kind), image.url, image.host, image.alt)


def rules_version() -> int:
    """Return the version of the rules that messages are sanitized by; a stored one with a lower version is sanitized again."""
    from deskhand.content.sanitize import SANITIZER_VERSION

    return SANITIZER_VERSION


def comparable(body: str, *, is_html: bool) -> str:
    """Return what two renderings of one text have in common, for claiming our own message in a thread."""
    from deskhand.content.plain import normalise_for_matching

    return normalise_for_matching(body, is_html=is_html)


def matches(sent: str, found: str) -> bool:
    """Tell whether `found` is `sent`, perhaps with a signature behind it; both are `comparable`."""
    from deskhand.content import plain

    return plain.matches(sent, found)


def readable(html: str) -> str:
    """Return sanitized or foreign HTML as plain text."""
    from deskhand.content.plain import to_text

    return to_text(html)
