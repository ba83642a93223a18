"""The agent's choices. They hold as soon as they are made: there is nothing to save."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from deskhand.domain.going_on import Done, GoOn
from deskhand.domain.waits import WaitRules, WorkingHours
from deskhand.services.settings import DEFAULT_DAY_START, HOUR, LONGEST_UNDO_SECONDS, Snippet
from deskhand.ui.kit.announce import announce
from deskhand.ui.kit.buttons import PushButton
from deskhand.ui.kit.choice_box import ChoiceBox
from deskhand.ui.kit.enter_key import set_enter_presses
from deskhand.ui.kit.form_field import FormField
from deskhand.ui.kit.hours_editor import HoursEditor, clock_text
from deskhand.ui.kit.labels import Role, label
from deskhand.ui.kit.motion import MotionChoice
from deskhand.ui.kit.number_box import NumberBox
from deskhand.ui.kit.sheet import Sheet
from deskhand.ui.kit.theme import GAP, Choice, ContrastChoice, Tone
from deskhand.ui.kit.tick_box import TickBox
from deskhand.ui.list.row_metrics import Density
from deskhand.ui.settings.snippet_editor import SnippetEditor

_LONGEST_WAIT_HOURS = 999


class SettingsDialog(Sheet):
    """Theme, contrast, motion, undo, letters as keys, canned replies, and where things are kept.

    Args:
        undo_seconds: how long a message is held, 0 to 60.
        letters: whether single letters are commands.
        after: what is shown once a ticket is dealt with; what is not named there, is the next ticket.
        storage_locations: (what, where) pairs, shown so that they can be copied.

    Signals:
        theme_chosen: a Choice.
        contrast_chosen: a ContrastChoice.
        motion_chosen: a MotionChoice.
        undo_chosen: seconds.
        letters_chosen: whether single letters are commands.
        after_chosen: Done, GoOn.
        keys_requested, notifications_requested: the agent wants to see that page, over the settings.
        density_chosen: a Density for all views that have none of their own.
        snippet_saved: title, text, id ("" = a new one); answer with `set_snippets`.
        snippet_removed: id.
        wait_rules_chosen: from when a wait is warm and hot, and which hours count (WaitRules).
        day_start_chosen: when the working day begins, in minutes since midnight.
    """

    theme_chosen = Signal(object)
    contrast_chosen = Signal(object)
    motion_chosen = Signal(object)
    undo_chosen = Signal(int)
    letters_chosen = Signal(bool)
    keys_requested = Signal()
    after_chosen = Signal(object, object)
    density_chosen = Signal(object)
    snippet_saved = Signal(str, str, str)
    snippet_removed = Signal(str)
    wait_rules_chosen = Signal(object)
    day_start_chosen = Signal(int)
    notifications_requested = Signal()

    def __init__(
        self,
        theme: Choice,
        undo_seconds: int,
        snippets: Sequence[Snippet],
        storage_locations: Sequence[tuple[str, str]],
        parent: QWidget | None = None,
        *,
        letters: bool = True,
        after: Mapping[Done, GoOn] | None = None,
        wait_rules: WaitRules | None = None,
        density: Density = Density.COMFORTABLE,
        contrast: ContrastChoice = ContrastChoice.SYSTEM,
        motion: MotionChoice = MotionChoice.SYSTEM,
        day_start: int = DEFAULT_DAY_START,
    ) -> None:
        super().__init__("", parent, width=560, scrolls=True)
        self.set_title(self.tr("Settings"))
        system = self.tr("Follow the system")
        self._theme = _box(
            ((Choice.SYSTEM, system), (Choice.LIGHT, self.tr("Light")), (Choice.DARK, self.tr("Dark"))),
            theme,
            lambda chosen: self.theme_chosen.emit(Choice(chosen)),
        )
        self._contrast = _box(
            ((ContrastChoice.SYSTEM, system), (ContrastChoice.HIGH, self.tr("High"))),
            contrast,
            lambda chosen: self.contrast_chosen.emit(ContrastChoice(chosen)),
        )
        self._motion = _box(
            (
                (MotionChoice.SYSTEM, system),
                (MotionChoice.REDUCED, self.tr("Reduced")),
                (MotionChoice.FULL, self.tr("Full")),
            ),
            motion,
            lambda chosen: self.motion_chosen.emit(MotionChoice(chosen)),
        )
        self._density = _box(
            (
                (Density.COMFORTABLE, self.tr("Comfortable")),
                (Density.COMPACT, self.tr("Compact")),
                (Density.COLUMNS, self.tr("Columns")),
            ),
            density,
            lambda chosen: self.density_chosen.emit(Density(chosen)),
        )
        self._undo = NumberBox(0, LONGEST_UNDO_SECONDS, self.tr(" s"))
        self._undo.setValue(undo_seconds)
        self._undo.valueChanged.connect(self.undo_chosen)
        self._letters = TickBox(self.tr("On"))
        self._letters.setChecked(letters)
        self._letters.toggled.connect(self.letters_chosen)
        self._after = {done: self._after_box(done, (after or {}).get(done, GoOn.NEXT)) for done in Done}
        self._rules = wait_rules or WaitRules()
        self._warm, self._hot = (NumberBox(1, _LONGEST_WAIT_HOURS, self.tr(" h")) for _ in range(2))
        self._warm.setValue(int(self._rules.warm / HOUR))
        self._hot.setValue(int(self._rules.hot / HOUR))
        self._working_hours = TickBox(self.tr("Only working hours count"))
        self._working_hours.setChecked(self._rules.hours is not None)
        hours = self._rules.hours or WorkingHours()
        self._hours = HoursEditor(self.tr("Working hours"))
        self._hours.set_hours(hours.days, hours.begin, hours.end)
        self._hours.setVisible(self._rules.hours is not None)
        self._hours.changed.connect(self._emit_wait_rules)
        self._working_hours.toggled.connect(self._hours.setVisible)
        for box in (self._warm, self._hot):
            box.valueChanged.connect(self._emit_wait_rules)
        self._working_hours.toggled.connect(self._emit_wait_rules)
        self._day_start = ChoiceBox()
        for minute in sorted({*range(5 * 60, 14 * 60 + 1, 30), day_start}):
            self._day_start.addItem(clock_text(minute), minute)
        self._day_start.setCurrentIndex(self._day_start.findData(day_start))
        self._day_start.currentIndexChanged.connect(
            lambda _n: self.day_start_chosen.emit(self._day_start.currentData())
        )
        self._snippets = SnippetEditor()
        self._snippets.set_snippets(snippets)
        self._snippets.saved.connect(self.snippet_saved)
        self._snippets.removed.connect(self.snippet_removed)
        self._said = label(role=Role.SMALL, tone=Tone.ACCENT, wrap=True)
        self._said.hide()
        self.body.addWidget(self._said)
        self._lay_out(storage_locations)
        self.add_button(self.tr("Notifications…"), self.notifications_requested.emit)
        self.add_button(self.tr("Close"), self.accept, kind="primary", default=True)

    def _lay_out(self, storage_locations: Sequence[tuple[str, str]]) -> None:
        column = self.body
        column.addWidget(FormField("theme", self.tr("Theme"), self._theme))
        said = self.tr("High: words and marks stand out more, and what parts them is a line instead of a colour.")
        column.addWidget(FormField("contrast", self.tr("Contrast"), self._contrast, help_text=said))
        said = self.tr(
            "Reduced: nothing slides or fades. macOS and GNOME do not tell what they are set to, so choose it here."
        )
        column.addWidget(FormField("motion", self.tr("Motion"), self._motion, help_text=said))
        said = self.tr("Holds for each view until you choose another one in it.")
        column.addWidget(FormField("density", self.tr("Rows"), self._density, help_text=said))
        said = self.tr("For so long a sent message can be taken back. 0 sends at once.")
        column.addWidget(FormField("undo", self.tr("Undo sending"), self._undo, help_text=said))
        for done, caption, said in (
            (Done.SENT, self.tr("After sending"), self.tr("A reply, with a state behind it or without one.")),
            (
                Done.CLOSED,
                self.tr("After closing"),
                self.tr("“Next” is the next in the order of the list on the screen."),
            ),
        ):
            column.addWidget(FormField(f"after {done.value}", caption, self._after[done], help_text=said))
        said = self.tr(
            "J, R or E alone are commands while no text is being typed. Off: only keys with Ctrl or Alt, F keys, arrows, Enter and Esc are."
        )
        column.addWidget(FormField("letters", self.tr("Single-letter keys"), self._letters, help_text=said))
        column.addLayout(self._keys_line())
        said = self.tr("A customer who waits for so long is shown in amber.")
        column.addWidget(FormField("warm", self.tr("Amber after"), self._warm, help_text=said))
        said = self.tr("And after so long in red.")
        column.addWidget(FormField("hot", self.tr("Red after"), self._hot, help_text=said))
        said = self.tr(
            "By this computer's clock. What a wait is said to be, is always the time since the customer wrote."
        )
        column.addWidget(FormField("working hours", self.tr("Working hours"), self._working_hours, help_text=said))
        column.addWidget(self._hours)
        said = self.tr("“Tomorrow” and “next week” in Later, and a day that is typed without a time.")
        column.addWidget(FormField("day start", self.tr("My day begins"), self._day_start, help_text=said))
        column.addWidget(_heading(self.tr("Canned replies")))
        column.addWidget(self._snippets)
        column.addWidget(_heading(self.tr("Where things are kept")))
        for what, where in storage_locations:
            column.addWidget(label(what, role=Role.SMALL, tone=Tone.PLAIN))
            place = label(where, wrap=True, selectable=True)
            place.setAccessibleName(f"{what}: {where}")
            place.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            column.addWidget(place)
        column.addStretch(1)

    def _after_box(self, done: Done, chosen: GoOn) -> ChoiceBox:
        choices = (
            (GoOn.NEXT, self.tr("Next ticket")),
            (GoOn.STAY, self.tr("Stay")),
            (GoOn.BACK, self.tr("Back to the list")),
        )
        return _box(choices, chosen, lambda how: self.after_chosen.emit(done, how))

    def _keys_line(self) -> QHBoxLayout:
        button = PushButton(self.tr("Change keys…"))
        set_enter_presses(button, presses=False)
        button.clicked.connect(lambda _checked=False: self.keys_requested.emit())
        line = QHBoxLayout()
        line.addStretch(1)
        line.addWidget(button)
        return line

    def show_values(
        self,
        *,
        theme: Choice,
        contrast: ContrastChoice,
        motion: MotionChoice,
        undo_seconds: int,
        letters: bool,
        after: Mapping[Done, GoOn],
        wait_rules: WaitRules,
        density: Density,
        day_start: int,
    ) -> None:
        """Show other values than were chosen, because an undo put them back; nobody is told."""
        boxes = {
            self._theme: theme,
            self._contrast: contrast,
            self._motion: motion,
            self._density: density,
            self._day_start: day_start,
            **{self._after[done]: after.get(done, GoOn.NEXT) for done in Done},
        }
        self._rules = wait_rules
        hours = wait_rules.hours or WorkingHours()
        numbers = {
            self._undo: undo_seconds,
            self._warm: int(wait_rules.warm / HOUR),
            self._hot: int(wait_rules.hot / HOUR),
        }
        ticks = {self._letters: letters, self._working_hours: wait_rules.hours is not None}
        quiet = [QSignalBlocker(one) for one in (*boxes, *numbers, *ticks, self._hours)]
        for box, value in boxes.items():
            box.setCurrentIndex(box.findData(value))
        for number, value in numbers.items():
            number.setValue(value)
        for tick, is_on in ticks.items():
            tick.setChecked(is_on)
        self._hours.set_hours(hours.days, hours.begin, hours.end)
        self._hours.setVisible(wait_rules.hours is not None)
        del quiet

    def say(self, text: str) -> None:
        """Say what an undo did, above the settings."""
        self._said.setText(text)
        self._said.show()
        announce(self._said, text)
        self.refit()

    def set_snippets(self, snippets: Sequence[Snippet]) -> None:
        """Show the canned replies as they are now."""
        self._snippets.set_snippets(snippets)

    @property
    def theme_box(self) -> ChoiceBox:
        """Light, dark, or as the system."""
        return self._theme

    @property
    def contrast_box(self) -> ChoiceBox:
        """High, or as the system."""
        return self._contrast

    @property
    def motion_box(self) -> ChoiceBox:
        """Reduced, full, or as the system."""
        return self._motion

    @property
    def undo_box(self) -> NumberBox:
        """Seconds."""
        return self._undo

    @property
    def letters_box(self) -> TickBox:
        """Whether single letters are commands."""
        return self._letters

    @property
    def warm_box(self) -> NumberBox:
        """Hours."""
        return self._warm

    @property
    def hot_box(self) -> NumberBox:
        """Hours."""
        return self._hot

    @property
    def working_hours_box(self) -> TickBox:
        """Whether only working hours count."""
        return self._working_hours

    @property
    def snippets(self) -> SnippetEditor:
        """The canned replies."""
        return self._snippets

    def _emit_wait_rules(self) -> None:
        is_on = self._working_hours.isChecked()
        chosen = WorkingHours(self._hours.days, self._hours.begin, self._hours.end)
        hours = replace(chosen, zone=self._rules.hours.zone if self._rules.hours else None) if is_on else None
        self.wait_rules_chosen.emit(WaitRules(self._warm.value() * HOUR, self._hot.value() * HOUR, hours))

    @property
    def density_box(self) -> ChoiceBox:
        """Comfortable or compact."""
        return self._density


def _box(choices: Sequence[tuple[object, str]], chosen: object, tell: Callable[[Any], object]) -> ChoiceBox:
    """Return a box of (value, caption) pairs that tells what is chosen in it."""
    box = ChoiceBox()
    for one, caption in choices:
        box.addItem(caption, one)
    box.setCurrentIndex(box.findData(chosen))
    box.currentIndexChanged.connect(lambda _index: tell(box.currentData()))
    return box


def _heading(text: str) -> QLabel:
    made = label(text, role=Role.BOLD)
    made.setContentsMargins(0, GAP, 0, 0)
    return made
