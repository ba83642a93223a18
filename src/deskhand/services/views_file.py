"""The text file by which views, and what the agent noted about tickets, go to another computer.

The file is TOML. Version 1 holds a `[[view]]` for each view. Version 2 may hold `[[later]]`, `[[pin]]`, `[[note]]` and `[[link]]` as well
(`services.own_layer`); it is written only where there is one of these, so that a program that knows version 1 alone reads every file
of views, and says of another one that it is of another version.
"""

import json
from collections.abc import Mapping, Sequence

from deskhand.domain.lazy_dataclass import dataclass
from deskhand.domain.problems import Invalid

VIEWS_ONLY, WITH_LAYER = 1, 2
"""The versions of the file."""

LONGEST_BYTES = 10_000_000
"""What is longer is not read: no file of views is."""

_LAYER = ("later", "pin", "note", "link")

Entry = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class ViewsFile:
    """What a file holds, entry by entry, unchecked.

    Attributes:
        later, pins, notes, links: what was noted about tickets; empty in a file of version 1.
    """

    views: tuple[Entry, ...] = ()
    later: tuple[Entry, ...] = ()
    pins: tuple[Entry, ...] = ()
    notes: tuple[Entry, ...] = ()
    links: tuple[Entry, ...] = ()

    @property
    def has_layer(self) -> bool:
        """Whether it holds anything about tickets."""
        return bool(self.later or self.pins or self.notes or self.links)


def write(file: ViewsFile) -> str:
    """Return the text of a file."""
    version = WITH_LAYER if file.has_layer else VIEWS_ONLY
    lines = ["# Views of Deskhand. To take them over: deskhand views import FILE", f"version = {version}"]
    parts = (file.views, file.later, file.pins, file.notes, file.links)
    for name, entries in zip(("view", *_LAYER), parts, strict=True):
        for entry in entries:
            lines += ["", f"[[{name}]]", *(f"{key} = {_toml(value)}" for key, value in entry.items())]
    return "\n".join(lines) + "\n"


def read(text: str) -> ViewsFile:
    """Return what a file holds. Raises `Invalid` with a sentence where it is no such file, or of a version that is not known."""
    import tomllib  # not before the first paint

    try:
        data = tomllib.loads(text.removeprefix("\ufeff"))
    except (ValueError, RecursionError) as error:  # a number of thousands of digits is no TOMLDecodeError
        raise Invalid(f"The file is no text of views: {error}.") from None
    version = data.get("version")
    if version not in (VIEWS_ONLY, WITH_LAYER) or isinstance(version, bool):
        raise Invalid(
            f"The file does not say version = {VIEWS_ONLY} or {WITH_LAYER}; another version of Deskhand may have written it."
        )
    known = ("view", *_LAYER) if version == WITH_LAYER else ("view",)
    if unknown := sorted(data.keys() - {"version", *known}):
        raise Invalid(f"The file says “{unknown[0]}”, which this version of Deskhand does not know.")
    found = [data.get(name, []) for name in ("view", *_LAYER)]
    for name, entries in zip(("view", *_LAYER), found, strict=True):
        if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
            raise Invalid(f"Each {name} of the file begins with [[{name}]].")
    return ViewsFile(*map(tuple, found))


def entries(values: Sequence[Entry]) -> tuple[Entry, ...]:
    """Return entries without what they do not have (None), which TOML cannot write."""
    return tuple({key: value for key, value in entry.items() if value is not None} for entry in values)


def _toml(value: object) -> str:
    """Return a value as TOML writes it; what JSON escapes, TOML reads."""
    if isinstance(value, str):
        value = value.encode("utf-8", "replace").decode()
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
