"""Views, and what the agent noted about tickets, as the text of one file, and back from one."""

from collections.abc import Container

from deskhand.domain.lazy_dataclass import dataclass

from . import views_file
from .own_layer import ImportedLayer, LayerCounts, OwnLayer
from .own_views import ImportedViews, OwnView, OwnViews


@dataclass(frozen=True, slots=True)
class Taken:
    """What an import did.

    Attributes:
        made: the views that are new, each with its place among all, counted from 0.
    """

    views: ImportedViews
    layer: ImportedLayer
    made: tuple[tuple[OwnView, int], ...] = ()

    @property
    def left_out(self) -> tuple[str, ...]:
        """A sentence for everything about tickets that was not taken."""
        return self.layer.left_out

    @property
    def layer_said(self) -> tuple[str, ...]:
        """What became of the entries about tickets, a sentence for each kind of end; nothing where the file held none."""
        counts, unchanged = self.layer.counts, self.layer.unchanged
        taken = [
            f"Taken: {number} {one if number == 1 else many}."
            for number, one, many in (
                (counts.later, "ticket in Later", "tickets in Later"),
                (counts.pins, "pin", "pins"),
                (counts.notes, "note", "notes"),
                (counts.links, "link", "links"),
            )
            if number
        ]
        same = [f"Here already: {unchanged} of Later, pins, notes and links."] if unchanged else []
        return (*taken, *same)


class ViewsExchange:
    """Writes and reads the file. What is wrong with one raises `Invalid` with a sentence, and nothing is taken of it then."""

    def __init__(self, views: OwnViews, layer: OwnLayer) -> None:
        self._views = views
        self._layer = layer

    async def counts(self) -> LayerCounts:
        """Return how much about tickets can go along."""
        return await self._layer.counts()

    async def text(self, chosen: Container[str] | None = None, *, with_layer: bool = False) -> str:
        """Return the text of a file.

        Args:
            chosen: ids of views; None = every view.
            with_layer: Later, reminders, pins, notes and links go along.
        """
        file = self._views.export(chosen)
        return views_file.write(await self._layer.export(file) if with_layer else file)

    async def take(self, text: str, *, beside: bool) -> Taken:
        """Take over what a file holds.

        Args:
            beside: views of the same name stay, and those of the file get another one; else the file's take their place.
        """
        file = views_file.read(text)
        before = {view.id for view in self._views.all()}
        views = await (self._views.take_beside(file) if beside else self._views.take(file))
        made = tuple((view, place) for place, view in enumerate(self._views.all()) if view.id not in before)
        return Taken(views, await self._layer.take(file), made)
