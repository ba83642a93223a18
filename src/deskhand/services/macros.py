"""Macros: changes and a canned reply that the agent does in one go, kept in the precious database, and taken along as one text file.

The file is TOML: `version = 1`, then a `[[macro]]` for each with the fields of `Macro` except its id, and a `[[macro.step]]` for each step, whose one
key is its kind. Accounts stand in it by label.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, replace
from typing import Any
from uuid import uuid4

from deskhand.domain.accounts import AccountColour
from deskhand.domain.ids import AccountId
from deskhand.domain.lazy_dataclass import dataclass
from deskhand.domain.problems import Invalid

from .accounts import Accounts
from .later import Later
from .macro_steps import ON_REPLY, MacroStep, StepKind, in_order, wrong_steps
from .own_views import free_name_among
from .settings import Settings

KEY = "macros.own"
VERSION = 1
LONGEST_NAME = 60
MOST = 200

LEAVE_OUT, REFUSE = "leave out", "refuse"
"""What is done where a vendor lacks a step: the others, or nothing."""

COLOURS = ("", *(colour.value for colour in AccountColour))
"""Those of accounts; empty = none."""


@dataclass(frozen=True, slots=True)
class Macro:
    """Steps that are done in one go.

    Attributes:
        id: made here, never shown; the same as long as the macro exists.
        steps: in order; the reply stands first.
        icon, colour: names of the window's; empty = its own choice.
        key: what runs it, as Qt's portable text; empty = none.
        lacking: `LEAVE_OUT` or `REFUSE`.
        accounts: for which it is; empty = for all.
    """

    id: str
    name: str
    steps: tuple[MacroStep, ...]
    icon: str = ""
    colour: str = ""
    key: str = ""
    lacking: str = LEAVE_OUT
    accounts: tuple[AccountId, ...] = ()


_TEXTS = ("icon", "colour", "key", "lacking")


@dataclass(frozen=True, slots=True)
class ImportedMacros:
    """What an import did.

    Attributes:
        added, replaced: names of the macros that are new, and of those that it replaced.
        left_out: a sentence for each thing that was left out.
        renamed: what a macro is called in the file, and here. `unchanged`: names of those that are here already, in everything the same.
    """

    added: tuple[str, ...]
    replaced: tuple[str, ...]
    left_out: tuple[str, ...]
    renamed: tuple[tuple[str, str], ...] = ()
    unchanged: tuple[str, ...] = ()


class Macros:
    """Reads from the settings at once, writes through. Whatever is wrong with a macro raises `Invalid` with a sentence."""

    def __init__(self, settings: Settings, accounts: Accounts, later: Later) -> None:
        self._settings = settings
        self._accounts = accounts
        self._later = later

    def all(self) -> tuple[Macro, ...]:
        """Return the macros in the agent's order. What another program wrote and is no macro is left out."""
        stored = self._settings.json_value(KEY)
        found = (_stored(one) for one in stored) if isinstance(stored, list) else ()
        return tuple(one for one in found if one is not None)

    def named(self, name: str) -> Macro | None:
        """Return the macro of this name, whatever its case."""
        return next((one for one in self.all() if one.name.casefold() == name.strip().casefold()), None)

    def get(self, macro: str) -> Macro | None:
        """Return the macro of this id."""
        return next((one for one in self.all() if one.id == macro), None)

    async def create(self, name: str, steps: Sequence[MacroStep], **values: Any) -> Macro:
        """Make a macro at the end.

        Args:
            values: further fields of `Macro`.
        """
        macros = self.all()
        if len(macros) >= MOST:
            raise Invalid(f"There are {MOST} macros already, and more are not kept.")
        made = self._checked(Macro(uuid4().hex, name.strip(), in_order(steps), **values), macros)
        await self._put((*macros, made))
        return made

    async def change(self, macro: str, **values: Any) -> Macro:
        """Change fields of a macro, and return it."""
        macros = self.all()
        place = _place(macros, macro)
        changed = replace(macros[place], **values)
        changed = replace(changed, name=changed.name.strip(), steps=in_order(changed.steps))
        self._checked(changed, (*macros[:place], *macros[place + 1 :]))
        await self._put((*macros[:place], changed, *macros[place + 1 :]))
        return changed

    async def remove(self, macro: str) -> None:
        """Remove a macro; no ticket changes by it."""
        macros = self.all()
        place = _place(macros, macro)
        await self._put((*macros[:place], *macros[place + 1 :]))

    async def move(self, macro: str, place: int) -> None:
        """Put a macro to another place among them, counted from 0; behind the last is the end."""
        macros = list(self.all())
        moved = macros.pop(_place(macros, macro))
        macros.insert(max(0, place), moved)
        await self._put(macros)

    def why_not(self, macro: Macro) -> str:
        """Return why a macro cannot be kept as it is, a sentence; empty where it can."""
        others = [one for one in self.all() if one.id != macro.id]
        try:
            self._checked(replace(macro, name=macro.name.strip(), steps=in_order(macro.steps)), others)
        except Invalid as wrong:
            return wrong.detail
        return ""

    # --- a file ---

    def export(self) -> str:
        """Return every macro as the text of a file."""
        lines = ["# Macros of Deskhand. To take them over: deskhand macro import FILE", f"version = {VERSION}"]
        labels = {account.id: account.label for account in self._accounts.all()}
        for one in self.all():
            lines += ["", "[[macro]]", f"name = {_toml(one.name)}"]
            lines += [f"{name} = {_toml(value)}" for name in _TEXTS if (value := getattr(one, name))]
            if one.accounts:
                named = [labels[account] for account in one.accounts if account in labels]
                lines.append(f"accounts = [{', '.join(map(_toml, named))}]")
            for step in one.steps:
                value = "true" if step.kind is StepKind.READ else _toml(step.value)
                lines += ["[[macro.step]]", f"{step.kind.value} = {value}"]
        return "\n".join(lines) + "\n"

    async def take(
        self, text: str, *, beside: bool = False, why_no_key: Callable[[Macro], str] | None = None
    ) -> ImportedMacros:
        """Take over the macros of a file: one of a name that is there replaces it, the others come behind. All of them, or none.

        An account that is not here is left out of a macro, and said; a macro that would be for none is left out itself. A key that
        is another macro's already is left out too, and said.

        Args:
            beside: nothing is replaced: one of a name that is there comes under another name, unless it is the same in everything.
            why_no_key: tells why a macro cannot have its key, a sentence; empty where it can.
        """
        macros, added, replaced, said = list(self.all()), [], [], []
        renamed, unchanged = [], []
        labels = {account.label.casefold(): account.id for account in self._accounts.all()}
        for read, named in _read(text):
            missing = [label for label in named if label.casefold() not in labels]
            known = tuple(labels[label.casefold()] for label in named if label.casefold() in labels)
            if named and not known:
                said.append(
                    f"{read.name}: left out, it is only for {', '.join(named)}, and no account here is named so."
                )
                continue
            said += [f"{read.name}: it was also for {label}, and no account here is named so." for label in missing]
            made = replace(read, accounts=known)
            place = next((n for n, one in enumerate(macros) if one.name.casefold() == made.name.casefold()), None)
            if (
                beside
                and place is not None
                and replace(made, id=macros[place].id, name=macros[place].name) == macros[place]
            ):
                unchanged.append(made.name)
                continue
            others = [one for n, one in enumerate(macros) if beside or n != place]
            if made.key and (why := _holder(made, others) or (why_no_key(made) if why_no_key is not None else "")):
                said.append(f"{made.name}: without its key {made.key}. {why}")
                made = replace(made, key="")
            if beside and place is not None:
                name = free_name_among({one.name.casefold() for one in macros}, made.name)
                renamed.append((made.name, name))
                macros.append(self._checked(replace(made, name=name), macros))
            elif place is None:
                macros.append(self._checked(made, macros))
                added.append(made.name)
            else:
                kept = [*macros[:place], *macros[place + 1 :]]
                macros[place] = self._checked(replace(made, id=macros[place].id), kept)
                replaced.append(made.name)
        if len(macros) > MOST:
            raise Invalid(f"With these there would be {len(macros)} macros, and at most {MOST} are kept.")
        await self._put(macros)
        return ImportedMacros(tuple(added), tuple(replaced), tuple(said), tuple(renamed), tuple(unchanged))

    async def _put(self, macros: Sequence[Macro]) -> None:
        plain = [
            {
                "id": one.id,
                "name": one.name,
                **{name: getattr(one, name) for name in _TEXTS},
                "accounts": list(one.accounts),
                "steps": [[step.kind.value, step.value] for step in one.steps],
            }
            for one in macros
        ]
        await self._settings.put(KEY, json.dumps(plain, ensure_ascii=False) if plain else None)

    def _checked(self, macro: Macro, others: Sequence[Macro]) -> Macro:
        """Return a macro that may be kept; the sentence of what is wrong with it is raised."""
        if not macro.name or not macro.name.isprintable():
            raise Invalid("A macro needs a name of one line.")
        if len(macro.name) > LONGEST_NAME:
            raise Invalid(f"A name has at most {LONGEST_NAME} characters.")
        if any(other.name.casefold() == macro.name.casefold() for other in others):
            raise Invalid(f"There is a macro named “{macro.name}” already.")
        if macro.lacking not in (LEAVE_OUT, REFUSE):
            raise Invalid(f"“{macro.name}”: lacking is {LEAVE_OUT} or {REFUSE}.")
        if macro.colour not in COLOURS:
            raise Invalid(f"“{macro.name}”: a colour is one of {', '.join(filter(None, COLOURS))}.")
        wrong = wrong_steps(macro.steps) or self._wrong_time(macro.steps)
        if wrong:
            raise Invalid(f"“{macro.name}” cannot be kept. {wrong}")
        return macro

    def _wrong_time(self, steps: Sequence[MacroStep]) -> str:
        for number, step in enumerate(steps, 1):
            if step.kind in (StepKind.LATER, StepKind.LATER_KEEP) and step.value != ON_REPLY:
                answer = self._later.read(step.value)
                if answer.only is None:
                    return f"Step {number}: {answer.problem or 'This is no time.'}"
        return ""


def _holder(macro: Macro, others: Sequence[Macro]) -> str:
    """Return which other macro has its key, a sentence; empty where none has."""
    holder = next((one for one in others if one.key and one.key.casefold() == macro.key.casefold()), None)
    return "" if holder is None else f"It is the key of “{holder.name}”."


def _place(macros: Sequence[Macro], macro: str) -> int:
    place = next((n for n, each in enumerate(macros) if each.id == macro), None)
    if place is None:
        raise Invalid("This macro is not there any more.")
    return place


def _stored(one: object) -> Macro | None:
    match one:
        case {"id": str(identifier), "name": str(name), "steps": [*steps], **rest}:
            read = [_stored_step(step) for step in steps]
            known = tuple(step for step in read if step is not None)
            if len(known) < len(read) or wrong_steps(known):
                return None
            texts = {key: value for key in _TEXTS if isinstance(value := rest.get(key), str)}
            accounts = rest.get("accounts")
            ids = (
                tuple(AccountId(each) for each in accounts if isinstance(each, str))
                if isinstance(accounts, list)
                else ()
            )
            return Macro(identifier, name, known, **texts, accounts=ids)
        case _:
            return None


def _stored_step(step: object) -> MacroStep | None:
    match step:
        case [str(kind), str(value)] if kind in tuple(StepKind):
            return MacroStep(StepKind(kind), value)
        case _:
            return None


_ENTRY: Mapping[str, type] = {**dict.fromkeys(("name", *_TEXTS), str), "accounts": list, "step": list}
assert set(_ENTRY) - {"step"} == {field.name for field in fields(Macro)} - {"id", "steps"}


def _read(text: str) -> list[tuple[Macro, list[str]]]:
    """Return the macros of a file, each with the labels of the accounts that it is for."""
    import tomllib  # not before the first paint

    try:
        data = tomllib.loads(text.removeprefix("\ufeff"))
    except (ValueError, RecursionError) as error:  # a number of thousands of digits is no TOMLDecodeError
        raise Invalid(f"The file is no text of macros: {error}.") from None
    if data.get("version") != VERSION:
        raise Invalid(f"The file does not say version = {VERSION}; another version of Deskhand may have written it.")
    if unknown := sorted(data.keys() - {"version", "macro"}):
        raise Invalid(f"The file says “{unknown[0]}”, which this version of Deskhand does not know.")
    entries = data.get("macro", [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise Invalid("Each macro of the file begins with [[macro]].")
    return [_read_entry(number, entry) for number, entry in enumerate(entries, 1)]


def _read_entry(number: int, entry: dict[str, Any]) -> tuple[Macro, list[str]]:
    where = f"Macro {number} of the file"
    for name, value in entry.items():
        if name not in _ENTRY:
            raise Invalid(f"{where} says “{name}”, which this version of Deskhand does not know.")
        if not isinstance(value, _ENTRY[name]):
            raise Invalid(f"{where}: {name} is {'a text' if _ENTRY[name] is str else 'a list'}.")
    if "name" not in entry:
        raise Invalid(f"{where} has no name.")
    accounts = entry.get("accounts", [])
    if not all(isinstance(label, str) for label in accounts):
        raise Invalid(f"{where}: accounts are labels.")
    steps = [_read_step(where, step) for step in entry.get("step", [])]
    texts = {name: entry[name] for name in _TEXTS if name in entry}
    return Macro(uuid4().hex, entry["name"].strip(), in_order(steps), **texts), accounts


def _read_step(where: str, step: object) -> MacroStep:
    if not isinstance(step, dict) or len(step) != 1:
        raise Invalid(f"{where}: a step is one line under [[macro.step]].")
    kind, value = next(iter(step.items()))
    if kind not in tuple(StepKind):
        raise Invalid(f"{where} has a step “{kind}”, which this version of Deskhand does not know.")
    if kind == StepKind.READ:
        if value is not True:
            raise Invalid(f"{where}: read is true.")
        return MacroStep(StepKind.READ)
    if not isinstance(value, str):
        raise Invalid(f"{where}: {kind} is a text.")
    return MacroStep(StepKind(kind), value)


def _toml(value: str) -> str:
    """Return a text as TOML writes it; what JSON escapes, TOML reads."""
    return json.dumps(value.encode("utf-8", "replace").decode(), ensure_ascii=False).replace("\x7f", "\\u007f")
