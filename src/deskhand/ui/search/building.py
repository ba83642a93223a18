"""Opens the builder, and keeps it and the search box one filter; the buttons above the list are a third way to the same text."""

from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, QRect
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from deskhand.domain.filters.pills import Pills, with_pills
from deskhand.domain.queries import Sort
from deskhand.services.filters import Filters
from deskhand.services.view_list import ViewList
from deskhand.sync.tasks import TaskScope
from deskhand.ui.kit.sheet import Sheet
from deskhand.ui.list.presenter import ListPresenter
from deskhand.ui.search.builder_panel import FilterBuilder
from deskhand.ui.search.line_offers import LineOffers
from deskhand.ui.search.operators_sheet import OperatorsSheet
from deskhand.ui.search.placing import BarPlace
from deskhand.ui.search.presenter import SearchPresenter

SHEET_BELOW = 800
"""Width of the window below which the builder is a sheet in front of it."""

_SHEET_HEIGHT = 320
_VALUES, _OFFERS = "values of the filter", "offers of a value"


class Building(QObject):
    """The builder's presenter."""

    def __init__(
        self,
        search: SearchPresenter,
        place: BarPlace,
        lists: ListPresenter,
        views: ViewList,
        filters: Filters,
        scope: TaskScope,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._search = search
        self._place = place
        self._lists = lists
        self._views = views
        self._filters = filters
        self._scope = scope
        self._window = window
        self.builder = FilterBuilder()
        self._sheet: Sheet | None = None
        self._is_open = False
        self.builder.changed.connect(search.take_text)
        self.builder.closed.connect(self.close)
        self.builder.operators_requested.connect(self.show_operators)
        self.builder.offers_wanted.connect(
            lambda text, cursor, begin, offers: scope.replace(self._offer(text, cursor, begin, offers), name=_OFFERS)
        )
        bar = search.bar
        bar.filter_requested.connect(self.toggle)
        bar.strip.operators_requested.connect(self.show_operators)
        search.text_changed.connect(self._follow)
        search.closed.connect(self.close)
        lists.narrowed.connect(self._narrow)
        window.installEventFilter(self)
        bar.installEventFilter(self)

    @property
    def is_open(self) -> bool:
        """Whether the builder is shown."""
        return self._is_open

    def toggle(self) -> None:
        """Show the builder, or no more."""
        if self._is_open:
            self.close()
        else:
            self.open()

    def open(self) -> None:
        """Show the builder with what the list shows: the text of the search box, or that of the view and of the buttons above it."""
        text = self._search.text
        self._search.open_with(text if text.strip() else self._views.filter_text(self._lists.query).text)
        self._is_open = self._search.is_built = True
        self._search.bar.set_filter_open(True)
        self.builder.set_text(self._search.text)
        if self._window.width() < SHEET_BELOW:
            self._open_sheet()
        else:
            self.builder.setParent(self._search.bar.parentWidget())
            self.builder.show()
            self._fit()
        self._scope.replace(self._load_values(), name=_VALUES)
        self.builder.focus_first()

    def close(self) -> None:
        """Show the builder no more; the text stays."""
        if not self._is_open:
            return
        self._is_open = self._search.is_built = False
        self._search.bar.set_filter_open(False)
        had_keyboard = self.builder.isAncestorOf(self._window.focusWidget() or self._window)
        sheet, self._sheet = self._sheet, None
        self.builder.hide()
        self.builder.setParent(self._search.bar.parentWidget())
        self.builder.hide()
        if sheet is not None:
            sheet.close()
        if self._search.is_open and (had_keyboard or sheet is not None):
            self._search.bar.focus_text()

    def show_operators(self) -> None:
        """Show every operator; one that is chosen goes into the text."""
        sheet = OperatorsSheet(self._window)
        sheet.chosen.connect(self._put)
        sheet.open()

    def _put(self, example: str) -> None:
        self._search.open_with(" ".join(filter(None, (self._search.text.strip(), example))))

    def _open_sheet(self) -> None:
        sheet = self._sheet = Sheet(self.tr("Filter"), self._window, width=520)
        sheet.add_scrolling(self.builder, _SHEET_HEIGHT)
        sheet.add_button(self.tr("Show the tickets"), sheet.accept, kind="primary", default=True)
        sheet.finished.connect(self.close)
        self.builder.show()
        sheet.open()

    async def _load_values(self) -> None:
        self.builder.set_values(await self._filters.values())

    async def _offer(self, text: str, cursor: int, begin: int, offers: LineOffers) -> None:
        """Answer what may stand in a value; it stands behind its field in the text that is asked about."""
        found = await self._filters.suggestions(text, cursor)
        moved = [replace(one, begin=one.begin - begin, end=one.end - begin) for one in found if one.begin >= begin]
        offers.set_offers(text[begin:], cursor - begin, moved)

    def _follow(self, text: str) -> None:
        if self._is_open:
            self.builder.set_text(text)

    def _narrow(self, sort: Sort, pills: Pills) -> None:
        """Let the buttons above the list say the same as the text."""
        self._search.set_sort(sort)
        self._search.take_text(with_pills(self._search.text, pills))

    def _fit(self) -> None:
        """Lie over the lower part of the conversation, or of the list where that has all the room."""
        if not self._is_open or self._sheet is not None:
            return
        area, bar = self._place.last, self._search.bar
        room = area.bottom() - bar.geometry().bottom()
        height = min(max(self.builder.sizeHint().height(), room // 2), room)
        self.builder.setGeometry(QRect(area.x(), area.bottom() - height + 1, area.width(), height))
        self.builder.raise_()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Move) and self._is_open:
            if watched is self._window and (self._window.width() < SHEET_BELOW) is (self._sheet is None):
                self.close()
            else:
                self._fit()
        return False
