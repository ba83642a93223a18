"""The line under a subject: what the newest message says, without what senders put before it."""

from deskhand.domain.lazy_pattern import lazy_pattern

from .characters import shows_nothing, strip_direction

_PADDING = lazy_pattern(
    "[\u00ad\u034f\u200b\u2007\u2060\u2800\u3164\ufeff]+|[\u200c\u200d\u00a0](?=[\\s\u00ad\u034f\u200b-\u200d\u2007\u2060\ufeff]|\\Z)"
)
"""What shows nothing and is only there to fill a preview; joiners between letters stay."""

_ONLINE = (
    "view in browser", "view this email in your browser", "view this e-mail in your browser", "view in your browser", "view online",
    "view this message in your browser", "view web version", "read online", "open in browser", "no images? click here",
    "having trouble viewing this email?", "bekijk in browser", "bekijk in je browser", "bekijk in uw browser", "bekijk online",
    "bekijk de webversie", "bekijk de online versie", "webversie", "im browser ansehen", "im browser öffnen", "im browser anzeigen",
    "online ansehen", "onlineversion ansehen", "webversion", "zur webversion", "afficher dans le navigateur",
    "voir dans le navigateur", "voir la version en ligne", "version en ligne", "ver en el navegador", "ver en línea",
    "visualizza nel browser", "ver no navegador",
)  # fmt: skip
"""Links that senders of mail put above what they say, in the languages that are seen most."""


def preview(text: str, subject: str = "") -> str:
    """Return a snippet of a message as one line for a list: without invisible padding, and without a link to a web version.

    Args:
        text: plain text, the sender's own words.
        subject: what stands above it and need not be said again: some vendors put it before the first message.
    """
    line = " ".join(strip_direction(_PADDING.sub(" ", text)).split())
    while (shorter := _without_link(line)) != line:
        line = shorter
    above = " ".join(strip_direction(subject).split())
    if above and line.casefold().startswith(above.casefold()) and not line[len(above) : len(above) + 1].isalnum():
        line = line[len(above) :].lstrip(" |-–·:.")
    return "" if shows_nothing(line) else line


def _without_link(line: str) -> str:
    start = line.lstrip(" |[(>*-–·")
    said = start.casefold()
    found = max((len(link) for link in _ONLINE if said.startswith(link)), default=0)
    rest = start[found:]
    after = rest.lstrip(" |])>*-–·:.")
    goes_on = rest[:1].isalnum() or (rest[:1] == " " and rest[1:2].islower())  # a sentence of the sender's own
    return after if found and not goes_on else line
