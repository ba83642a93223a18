"""Views that the agent made: a filter with a name, kept in the precious database, and taken along as one text file (`views_file`).

An entry of the file has the fields of `OwnView` except its id.
"""

import json
from collections.abc import Container, Mapping, Sequence
from dataclasses import fields, replace
from functools import lru_cache
from typing import Any
from uuid import uuid4

from deskhand.domain.filters.parsing import FilterError, parse
from deskhand.domain.filters.syntax import Filter, Not, all_of
from deskhand.domain.lazy_dataclass import dataclass
from deskhand.domain.problems import Invalid
from deskhand.domain.queries import GroupBy, Sort, TicketQuery

from .settings import Settings
from .views_file import ViewsFile

KEY = "views.own"
LONGEST_NAME = 60
MOST = 200
DENSITIES = ("", "comfortable", "compact", "columns")
GROUPINGS = tuple(group_by.value for group_by in GroupBy)
SORTS = tuple(sort.value for sort in Sort)


@dataclass(frozen=True, slots=True)
class OwnView:
    """A view of the agent's own.

    Attributes:
        id: made here, never shown; the same as long as the view exists.
        query: the text of its filter. `sort`: a `Sort`.
        colour, icon: names of the window's; empty = its own choice.
        then: the order of tickets that are equal by `sort`, a `Sort`; empty = the newest first.
        density, group_by: one of `DENSITIES` and `GROUPINGS`; empty = as everywhere, not grouped.
        counter: whether the number of its tickets stands beside it.
        pinned: whether it is among those that Tab goes through.
    """

    id: str
    name: str
    query: str = ""
    colour: str = ""
    icon: str = ""
    sort: str = Sort.NEWEST.value
    then: str = ""
    density: str = ""
    group_by: str = ""
    counter: bool = True
    pinned: bool = False

    @property
    def error(self) -> FilterError | None:
        """What is wrong with its query, which an older or a newer version may have written; None = nothing."""
        found = _parsed(self.query)
        return found if isinstance(found, FilterError) else None

    @property
    def filter(self) -> Filter:
        """What its query means; one that cannot be read finds nothing."""
        found = _parsed(self.query)
        return Not(all_of()) if isinstance(found, FilterError) else found

    @property
    def ticket_query(self) -> TicketQuery:
        """What its list shows."""
        everything = self.filter == all_of()
        return TicketQuery(
            filter=None if everything else self.filter,
            sort=Sort(self.sort),
            then=Sort(self.then) if self.then else None,
            view=self.id,
            group_by=GroupBy(self.group_by),
        )


@lru_cache(4 * MOST)
def _parsed(query: str) -> Filter | FilterError:
    return parse(query)


_FIELDS = tuple(field.name for field in fields(OwnView) if field.name != "id")
_CHOICES: Mapping[str, Sequence[str]] = {
    "sort": SORTS,
    "then": ("", *SORTS),
    "density": DENSITIES,
    "group_by": GROUPINGS,
}


@dataclass(frozen=True, slots=True)
class ImportedViews:
    """What an import did.

    Attributes:
        added, replaced: names of the views that are new, and of those that it replaced.
        renamed: what a view is called in the file, and here.
        unchanged: names of those that are here already, in everything the same.
        refused: names of those that cannot be kept, and why, a sentence.
    """

    added: tuple[str, ...] = ()
    replaced: tuple[str, ...] = ()
    renamed: tuple[tuple[str, str], ...] = ()
    unchanged: tuple[str, ...] = ()
    refused: tuple[tuple[str, str], ...] = ()


class OwnViews:
    """Reads from the settings at once, writes through. Whatever is wrong with a view raises `Invalid` with a sentence."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._read: tuple[str, tuple[OwnView, ...]] = ("", ())

    def all(self) -> tuple[OwnView, ...]:
        """Return the views in the agent's order. What another program wrote and is no view is left out."""
        text = self._settings.text(KEY)
        if self._read[0] != text:
            self._read = text, self._stored()
        return self._read[1]

    def _stored(self) -> tuple[OwnView, ...]:
        stored = self._settings.json_value(KEY)
        found = []
        for each in stored if isinstance(stored, list) else ():
            if isinstance(each, dict) and isinstance(each.get("id"), str) and isinstance(each.get("name"), str):
                values = {name: each[name] for name in _FIELDS if name in each and not _wrong_value(name, each[name])}
                found.append(OwnView(**{"name": each["name"], **values, "id": each["id"]}))
        return tuple(found)

    def named(self, name: str) -> OwnView | None:
        """Return the view of this name, whatever its case."""
        return next((view for view in self.all() if view.name.casefold() == name.strip().casefold()), None)

    def get(self, view: str) -> OwnView | None:
        """Return the view of this id."""
        return next((each for each in self.all() if each.id == view), None)

    def free_name(self, name: str) -> str:
        """Return a name like this one that no view has yet: itself, or with a number behind it."""
        taken = {view.name.casefold() for view in self.all()}
        return free_name_among(taken, name)

    async def create(self, name: str, query: str, **values: Any) -> OwnView:
        """Make a view at the end.

        Args:
            values: further fields of `OwnView`.
        """
        views = self.all()
        if len(views) >= MOST:
            raise Invalid(f"There are {MOST} views already, and more are not kept.")
        made = _checked(OwnView(uuid4().hex, name.strip(), query, **values), views)
        await self._put((*views, made))
        return made

    async def change(self, view: str, **values: Any) -> OwnView:
        """Change fields of a view, its name among them, and return it."""
        views = self.all()
        place = self._place(views, view)
        if "name" in values:
            values["name"] = values["name"].strip()
        changed = _checked(replace(views[place], **values), (*views[:place], *views[place + 1 :]))
        await self._put((*views[:place], changed, *views[place + 1 :]))
        return changed

    async def remove(self, view: str) -> None:
        """Remove a view; no ticket changes by it."""
        views = self.all()
        place = self._place(views, view)
        await self._put((*views[:place], *views[place + 1 :]))

    async def duplicate(self, view: str) -> OwnView:
        """Make a view like another one, right behind it, and return it."""
        views = list(self.all())
        place = self._place(views, view)
        if len(views) >= MOST:
            raise Invalid(f"There are {MOST} views already, and more are not kept.")
        made = replace(views[place], id=uuid4().hex, name=self.free_name(views[place].name), pinned=False)
        views.insert(place + 1, made)
        await self._put(views)
        return made

    async def move(self, view: str, place: int) -> None:
        """Put a view to another place among them, counted from 0; behind the last is the end."""
        views = list(self.all())
        moved = views.pop(self._place(views, view))
        views.insert(max(0, place), moved)
        await self._put(views)

    async def put_back(self, view: str, wanted: OwnView | None, place: int) -> None:
        """Let a view be what it was, or not be there (None), for undo. Raises `Invalid` where another has its name now.

        Args:
            place: where it stands if it is not there now.
        """
        views = list(self.all())
        there = next((n for n, each in enumerate(views) if each.id == view), None)
        others = [each for each in views if each.id != view]
        if wanted is not None:
            others.insert(place if there is None else there, _checked(wanted, others))
        await self._put(others)

    def export(self, chosen: Container[str] | None = None) -> ViewsFile:
        """Return views as the entries of a file.

        Args:
            chosen: ids; None = every view.
        """
        plain, found = OwnView("", ""), []
        for view in self.all():
            if chosen is None or view.id in chosen:
                values = {name: getattr(view, name) for name in _FIELDS}
                kept = ("name", "query")
                found.append({key: one for key, one in values.items() if key in kept or one != getattr(plain, key)})
        return ViewsFile(tuple(found))

    async def take(self, file: ViewsFile) -> ImportedViews:
        """Take over the views of a file: one of a name that is there replaces it, the others come behind. All of them, or none."""
        views, added, replaced = list(self.all()), [], []
        for read in _read(file):
            place = next((n for n, view in enumerate(views) if view.name.casefold() == read.name.casefold()), None)
            if place is None:
                views.append(_checked(read, views))
                added.append(read.name)
            else:
                views[place] = _checked(replace(read, id=views[place].id), [*views[:place], *views[place + 1 :]])
                replaced.append(read.name)
        if len(views) > MOST:
            raise Invalid(f"With these there would be {len(views)} views, and at most {MOST} are kept.")
        await self._put(views)
        return ImportedViews(tuple(added), tuple(replaced))

    async def take_beside(self, file: ViewsFile) -> ImportedViews:
        """Take over the views of a file beside those that are here, which stay as they are.

        One of a name that is there comes under another name, unless it is the same in everything. One that cannot be kept is refused,
        and the others come. Raises `Invalid` where an entry is no view.
        """
        views, added, renamed, unchanged, refused = list(self.all()), [], [], [], []
        for read in _read(file):
            same = next((view for view in views if view.name.casefold() == read.name.casefold()), None)
            if same is not None and replace(read, id=same.id, name=same.name) == same:
                unchanged.append(same.name)
                continue
            name = free_name_among({view.name.casefold() for view in views}, read.name)
            if len(views) >= MOST:
                refused.append((read.name, f"At most {MOST} views are kept."))
                continue
            try:
                views.append(_checked(replace(read, name=name), views))
            except Invalid as wrong:
                refused.append((read.name, wrong.detail))
                continue
            if same is None:
                added.append(name)
            else:
                renamed.append((read.name, name))
        if len(views) != len(self.all()):
            await self._put(views)
        return ImportedViews(tuple(added), renamed=tuple(renamed), unchanged=tuple(unchanged), refused=tuple(refused))

    def _place(self, views: Sequence[OwnView], view: str) -> int:
        place = next((n for n, each in enumerate(views) if each.id == view), None)
        if place is None:
            raise Invalid("This view is not there any more.")
        return place

    async def _put(self, views: Sequence[OwnView]) -> None:
        plain = [{"id": view.id, **{name: getattr(view, name) for name in _FIELDS}} for view in views]
        await self._settings.put(KEY, json.dumps(plain, ensure_ascii=False) if plain else None)


def free_name_among(taken: Container[str], name: str) -> str:
    """Return a name like this one that is not taken: itself, or with a number behind it.

    Args:
        taken: names in small letters (`str.casefold`).
    """
    tried, number = name, 2
    while tried.casefold() in taken:
        ending = f" {number}"
        tried, number = name[: LONGEST_NAME - len(ending)] + ending, number + 1
    return tried


def _checked(view: OwnView, others: Sequence[OwnView]) -> OwnView:
    """Return a view that may be kept; the sentence of what is wrong with it is raised."""
    for name in _FIELDS:
        if wrong := _wrong_value(name, getattr(view, name)):
            raise Invalid(f"The view “{view.name}” cannot be kept: {wrong}")
    if not view.name or not view.name.isprintable():
        raise Invalid("A view needs a name of one line.")
    if len(view.name) > LONGEST_NAME:
        raise Invalid(f"A name has at most {LONGEST_NAME} characters.")
    if any(other.name.casefold() == view.name.casefold() for other in others):
        raise Invalid(f"There is a view named “{view.name}” already.")
    if isinstance(error := parse(view.query), FilterError):
        raise Invalid(f"The filter of “{view.name}” cannot be read. {error}")
    return view


def _wrong_value(name: str, value: object) -> str:
    """Return what is wrong with the value of a field, a sentence; empty where nothing is."""
    if name in ("counter", "pinned"):
        return "" if isinstance(value, bool) else f"{name} is true or false."
    if not isinstance(value, str):
        return f"{name} is a text."
    if name in _CHOICES and value not in _CHOICES[name]:
        return f"{name} is one of {', '.join(choice for choice in _CHOICES[name] if choice)}."
    return ""


def _read(file: ViewsFile) -> list[OwnView]:
    found: list[OwnView] = []
    for number, entry in enumerate(file.views, 1):
        if unknown := sorted(entry.keys() - set(_FIELDS)):
            raise Invalid(
                f"View {number} of the file says “{unknown[0]}”, which this version of Deskhand does not know."
            )
        name, query = entry.get("name"), entry.get("query")
        if not isinstance(name, str) or not isinstance(query, str):
            raise Invalid(f"View {number} of the file has no name or no query.")
        values: dict[str, Any] = {**entry, "name": name.strip()}
        found.append(OwnView(uuid4().hex, **values))
    return found
