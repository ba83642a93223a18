"""A web address that somebody pasted to find a ticket: which names of a ticket may stand in it."""

from urllib.parse import parse_qsl, unquote, urlsplit

from deskhand.domain.lazy_dataclass import dataclass

_LONGEST = 2_000
_MOST = 12


@dataclass(frozen=True, slots=True)
class PastedLink:
    """A web address.

    Attributes:
        host: with the port where one is given, in small letters.
        names: parts of path, query and fragment, the last one first: one of them may be a ticket's id or number.
    """

    host: str
    names: tuple[str, ...]

    def is_of(self, address: str) -> bool:
        """Tell whether another address is of the same site: the same host, or two hosts of one domain (app. and api.)."""
        try:
            other = urlsplit(address).netloc.rpartition("@")[2].casefold()
        except ValueError:
            return False
        if not other:
            return False
        return other == self.host or (_domain(other) == _domain(self.host) != "")


def _domain(host: str) -> str:
    """Return the last two labels of a name; empty for a number, a port, or a name of one label."""
    labels = host.split(".")
    is_name = len(labels) > 1 and ":" not in host and not labels[-1].isdigit()
    return ".".join(labels[-2:]) if is_name else ""


def read(text: str) -> PastedLink | None:
    """Return what an http or https address may name; None where the text is none."""
    text = text.strip()
    if (
        len(text) > _LONGEST
        or any(ch.isspace() for ch in text)
        or not text.casefold().startswith(("http://", "https://"))
    ):
        return None
    try:
        parts = urlsplit(text)
    except ValueError:
        return None
    host = parts.netloc.rpartition("@")[2].casefold()
    fragment, _, asked = parts.fragment.partition("?")
    names = [unquote(one) for place in (parts.path, fragment) for one in place.split("/")]
    names += [value for query in (parts.query, asked) for _, value in parse_qsl(query)]
    found = tuple(dict.fromkeys(one for one in reversed(names) if one and len(one) <= 100))[:_MOST]
    return PastedLink(host, found) if host and found else None
