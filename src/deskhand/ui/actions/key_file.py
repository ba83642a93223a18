"""The keys as one text file (TOML), to carry to another computer or to hand on: the set, the letters, and what differs from the set."""

import json
import tomllib
from collections.abc import Iterable, Sequence
from typing import Any

from deskhand.domain.lazy_dataclass import dataclass
from deskhand.ui.actions.action import Action, translate
from deskhand.ui.actions.key_sets import SETS
from deskhand.ui.actions.keymap import Keymap, normalized, stored, why_no_key

_VERSION = 1
MAX_BYTES = 256 * 1024
"""A file of keys is a few kilobytes; what is larger is none."""


@dataclass(frozen=True, slots=True)
class KeyFile:
    """What a file says.

    Attributes:
        letters: whether single letters act.
    """

    keymap: Keymap
    letters: bool


@dataclass(frozen=True, slots=True)
class NoKeyFile:
    """A text that is not taken.

    Attributes:
        problems: why, a sentence each, with the place where one is known.
    """

    problems: Sequence[str]


def write_keys(keymap: Keymap, *, letters: bool) -> str:
    """Return the text of a file."""
    lines = [
        "# Keys of Deskhand: a set, and what differs from it. No keys at all: [].",
        f"version = {_VERSION}",
        f"set = {_quoted(keymap.key_set.name)}  # {', '.join(one.name for one in SETS)}",
        f"letters = {'true' if letters else 'false'}",
        "",
        "[keys]",
    ]
    for action, keys in sorted(stored(keymap).items()):
        lines.append(f"{_quoted(action)} = [{', '.join(map(_quoted, keys))}]")
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    """Return a basic string: JSON's escapes are among TOML's, which wants DEL escaped too."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def read_keys(text: str, actions: Iterable[Action[Any]]) -> KeyFile | NoKeyFile:
    """Return what a file says, or all that is wrong with it: a file is taken as a whole or not at all.

    Args:
        actions: all whose keys can be changed.
    """
    try:
        said = tomllib.loads(text)
    except (ValueError, RecursionError) as problem:  # a number of thousands of digits is no TOMLDecodeError
        return NoKeyFile([translate("This is no TOML: {problem}.").format(problem=problem)])
    if said.get("version") != _VERSION:
        return NoKeyFile([translate("This is no file of keys that this version of Deskhand reads.")])
    key_set = next((one for one in SETS if one.name == said.get("set")), None)
    letters, keys = said.get("letters", True), said.get("keys", {})
    if key_set is None:
        known = ", ".join(one.name for one in SETS)
        return NoKeyFile([translate("“set” is none of {known}.").format(known=known)])
    if not isinstance(letters, bool) or not isinstance(keys, dict):
        return NoKeyFile([translate("“letters” is true or false, and [keys] holds lists of keys.")])
    every = {one.id: one for one in actions}
    problems = [translate("There is no action “{name}”.").format(name=name) for name in keys if name not in every]
    keymap = Keymap(key_set)
    for name, given in keys.items():
        if name in every:
            wrong, read = _read_list(given, every[name])
            problems += wrong
            keymap = keymap.with_keys(every[name], read)
    for name in keys:
        for key in keymap.keys_of(every[name]) if name in every else ():
            if (other := keymap.holder(key, every.values(), every[name])) is not None:
                clash = translate("{key} is “{one}” and “{other}”.")
                problems.append(clash.format(key=key, one=every[name].title, other=other.title))
    return NoKeyFile(tuple(dict.fromkeys(problems))) if problems else KeyFile(keymap, letters)


def _read_list(given: object, action: Action[Any]) -> tuple[list[str], list[str]]:
    """Return what is wrong with the keys of an action, and the keys."""
    if not isinstance(given, list) or not all(isinstance(one, str) for one in given):
        return [translate("“{name}” has no list of keys.").format(name=action.id)], []
    problems, keys = [], []
    for one in given:
        key = normalized(one)
        if why := why_no_key(key, action):
            problems.append(f"“{action.id}”, “{one}”: {why}")
        else:
            keys.append(key)
    return problems, keys
