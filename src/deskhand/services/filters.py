"""What may stand at the cursor of a filter that is being typed."""

from collections.abc import Sequence
from dataclasses import replace

from deskhand.domain.changes import ChangeBus, ChangeSet
from deskhand.domain.filters.completion import MOST, Choice, FilterChoices, Suggestion, complete, value_at, values_of
from deskhand.domain.filters.fields import FIELDS
from deskhand.domain.filters.syntax import Field, Named
from deskhand.domain.ports import Lists


class Filters:
    """Completes; the names and counters are read again after a change, on the store's scan thread."""

    def __init__(self, lists: Lists, changes: ChangeBus) -> None:
        self._lists = lists
        self._choices: FilterChoices | None = None
        changes.subscribe(self._note)

    def _note(self, changes: ChangeSet) -> None:
        if changes.tickets or changes.bulk or changes.accounts:
            self._choices = None

    async def suggestions(self, text: str, cursor: int) -> tuple[Suggestion, ...]:
        """Return what may stand at the cursor, as `domain.filters.completion.complete` does; customers are looked up as they are typed."""
        choices = await self._known()
        at = value_at(text, cursor)
        if at is not None and at.is_person and at.typed:
            people = await self._people(at.typed)
            choices = replace(choices, labels={**choices.labels, Field.REQUESTER: people})
        return complete(text, cursor, choices)

    async def values(self) -> dict[Field, Sequence[Suggestion]]:
        """Return what can be chosen for each field, with the counts that are kept."""
        choices = await self._known()
        return {field: values_of(field, choices) for field in FIELDS}

    async def _people(self, typed: str) -> list[Choice]:
        """Return the customers of stored tickets whose name or address begins so; each by the address, where it is known."""
        return [
            Choice(
                one.name or one.email,
                one.tickets,
                Named(one.email) if one.email else Named(one.name, is_quoted=True),
                one.email if one.name else "",
            )
            for one in await self._lists.customers(typed, MOST)
        ]

    async def _known(self) -> FilterChoices:
        choices = self._choices
        if choices is None:
            choices = self._choices = await self._lists.filter_choices()
        return choices
