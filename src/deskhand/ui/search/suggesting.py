"""What the strip under the search box offers: what may stand at the cursor, what was looked for last, or what mends a mistake."""

from PySide6.QtCore import QObject

from deskhand.domain.filters.completion import Suggestion
from deskhand.domain.filters.slices import Span
from deskhand.domain.filters.tokens import FilterError
from deskhand.services.filters import Filters
from deskhand.services.recent_searches import RecentSearches
from deskhand.sync.tasks import TaskScope
from deskhand.ui.search.offer_chip import Offer
from deskhand.ui.search.search_bar import SearchBar

_SUGGEST, RECENT = "search suggestions", "recent searches"


class Suggesting(QObject):
    """Fills the strip, and puts what is taken into the text.

    Attributes:
        error: what is wrong with the text; None = nothing.
    """

    def __init__(self, bar: SearchBar, filters: Filters, recent: RecentSearches, scope: TaskScope) -> None:
        super().__init__(bar)
        self._bar = bar
        self._filters = filters
        self._recent = recent
        self._scope = scope
        self.error: FilterError | None = None
        self._suggested: tuple[Suggestion, ...] = ()
        self._found_for = ("", 0)
        self._takes_found = False
        self._dismissed = False
        bar.moved.connect(self.suggest)
        bar.tab_pressed.connect(self._take_marked)
        strip = bar.strip
        strip.taken.connect(self._take)
        strip.fix_taken.connect(self._take_fix)
        strip.removed.connect(self._forget)
        strip.cleared.connect(self._forget_all)

    @property
    def text(self) -> str:
        """What is typed."""
        return self._bar.text

    def dismiss(self) -> bool:
        """Offer nothing more until something else is typed; tell whether anything was offered."""
        if not self._suggested or self._dismissed or not self.text:
            return False
        self._dismissed = True
        self._show_strip()
        return True

    def typed(self) -> None:
        """Begin anew, because another text was typed."""
        self._dismissed = self._takes_found = False
        if self.error is None and self._bar.strip.mistake[0]:
            self._suggested = ()
            self._show_strip()
        self.suggest()

    def suggest(self) -> None:
        """Ask what may stand at the cursor."""
        if not self.text.strip() and self._recent.all():
            self._scope.cancel(_SUGGEST)
            self._suggested = ()
            self._show_strip()
            return
        self._scope.replace(self._find_suggestions(self.text, self._bar.edit.cursor_position), name=_SUGGEST)

    async def _find_suggestions(self, text: str, cursor: int) -> None:
        found = await self._filters.suggestions(text, cursor)
        if (text, cursor) == (self.text, self._bar.edit.cursor_position):
            if found != self._suggested:
                self._dismissed = self._dismissed and bool(found)
            self._suggested = tuple(one for one in found if text[one.begin : one.end] != one.replacement)
            self._found_for, takes, self._takes_found = (text, cursor), self._takes_found, False
            self._show_strip()
            if takes and self._bar.strip.marked >= 0 and self._bar.edit.hasFocus():
                self._take(self._bar.strip.marked)

    def _show_strip(self) -> None:
        strip = self._bar.strip
        self.show_mistake()
        if not self.text.strip() and (recent := self._recent.all()):
            strip.set_offers(self.tr("Recent:"), [Offer(text) for text in recent], may_remove=True)
        elif self.is_mistake_said:
            assert self.error is not None
            strip.set_mistake(str(self.error), self._fixed(self.error))
        elif self._dismissed:
            strip.set_offers("", ())
        else:
            strip.set_offers(self._prompt(), [Offer(self._label(one), one.count) for one in self._suggested])

    def _prompt(self) -> str:
        """Return what stands in front of the value that is being typed: "has:"."""
        if not self._suggested:
            return ""
        begin = self._suggested[0].begin
        return self.text[:begin].rsplit(maxsplit=1)[-1] if self.text[:begin].strip() and self._is_value else ""

    @property
    def _is_value(self) -> bool:
        begin = self._suggested[0].begin
        return begin > 0 and self.text[begin - 1] in ":<>="

    def _label(self, one: Suggestion) -> str:
        return one.label if self._is_value else one.replacement

    @property
    def is_mistake_said(self) -> bool:
        """Whether a mistake is said: not while it is being typed and something is known that begins so."""
        if self.error is None:
            return False
        cursor = self._bar.edit.cursor_position
        at_cursor = self.error.position <= cursor <= self.error.position + self.error.length
        return not (at_cursor and self._suggested) or self._dismissed

    def show_mistake(self) -> None:
        """Underline what is wrong, as far as that is said yet."""
        error = self.error
        if error is None or not self.is_mistake_said:
            self._bar.show_mistake(Span(0, 0))
        else:
            length = error.length or 1
            begin = min(error.position, max(0, len(self.text) - 1))
            self._bar.show_mistake(Span(begin, min(begin + length, len(self.text))))

    def _fixed(self, error: FilterError) -> str:
        """Return the piece of text that following the advice gives, as far as it is to be seen in a button."""
        if error.fix is None:
            return ""
        fix = error.fix
        fixed = fix.apply(self.text)
        if fix.text.strip('"') == "" or len(fix.text) < 2:
            return fixed
        return fix.text

    def _take_marked(self) -> None:
        """Take what Tab takes; where there is nothing, Tab goes on to the next control."""
        strip = self._bar.strip
        if strip.marked >= 0:
            self._bar.edit.accept_tab()
            if self._is_behind:
                self._takes_found = True  # what stands in the strip would go into a text that is another one by now
            else:
                self._take(strip.marked)
        elif self.is_mistake_said and self.error is not None and self.error.fix is not None:
            self._bar.edit.accept_tab()
            self._take_fix()

    @property
    def _is_behind(self) -> bool:
        """Whether what is offered belongs to a text before this one: what may stand here is still being found."""
        is_recent = not self.text.strip() and self._recent.all()
        return not is_recent and self._found_for != (self.text, self._bar.edit.cursor_position)

    def _take(self, place: int) -> None:
        if self._is_behind:
            return
        recent = self._recent.all()
        if not self.text.strip() and recent:
            if place < len(recent):
                self._bar.edit.replace(0, len(self.text), recent[place])
        elif place < len(self._suggested):
            one = self._suggested[place]
            is_whole = one.replacement[-1:] not in ":<>="
            space = " " if is_whole and one.end >= len(self.text) else ""
            self._bar.edit.replace(one.begin, one.end, one.replacement + space)
        self._bar.focus_text()

    def _take_fix(self) -> None:
        if self.error is not None and self.error.fix is not None:
            fix = self.error.fix
            self._bar.edit.replace(fix.begin, fix.end, fix.text)
        self._bar.focus_text()

    def _forget(self, place: int) -> None:
        recent = self._recent.all()
        if place < len(recent):
            self._scope.start(self._forget_then_show(recent[place]), name=RECENT)

    def _forget_all(self) -> None:
        self._scope.start(self._forget_then_show(None), name=RECENT)

    async def _forget_then_show(self, text: str | None) -> None:
        had_keyboard = self._bar.has_keyboard
        await (self._recent.clear() if text is None else self._recent.remove(text))
        self.suggest()
        if had_keyboard and not (self._bar.strip.enter() if self._recent.all() and text is not None else False):
            self._bar.focus_text()
