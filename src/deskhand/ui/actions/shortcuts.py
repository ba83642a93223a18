"""The commands' keys, bound to the window: all of them, or all but the single letters.

Letters can be switched off as a whole (WCAG 2.1.4): who speaks to the computer, or trembles, runs commands by them unawares.

While something is typed, letters are bound to nothing at all. Qt asks an editor first (`ShortcutOverride`), but editors claim a key
only without modifiers, with Shift or on the keypad: a letter that is typed with AltGr (X11 sends it with GroupSwitchModifier,
Windows with Ctrl and Alt) would run the command of the key it stands on. A layout may do that with any key, so no list of
modifiers is asked: what is not bound cannot run.
"""

import sys
from collections.abc import Callable, Sequence
from typing import Generic

from PySide6.QtCore import QEvent, QKeyCombination, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QWidget
from typing_extensions import override

from deskhand.ui.actions.action import Action, S
from deskhand.ui.actions.digit_row import digit_of
from deskhand.ui.actions.typed_ahead import TypedAhead
from deskhand.ui.kit.text_focus import is_typing, takes_text

_HELD = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
_KEYPAD_CODE = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.KeypadModifier


def is_letter(keys: str) -> bool:
    """Tell whether any of these keys is pressed without Ctrl or Alt, and is no function key: it could be part of a text."""
    sequence = QKeySequence(keys)
    return any(_is_typed(sequence[i]) for i in range(sequence.count()))  # type: ignore[index]  # the stubs forget it


def _is_typed(pressed: QKeyCombination) -> bool:
    key, is_held = pressed.key(), bool(pressed.keyboardModifiers() & _HELD)
    return not is_held and key != Qt.Key.Key_Escape and not Qt.Key.Key_F1 <= key <= Qt.Key.Key_F35


def composes(event: QKeyEvent, platform: str = sys.platform) -> bool:
    """Tell whether a key is part of a character's code: Windows types € by Alt and 0, 1, 2, 8 on the keypad."""
    return platform == "win32" and event.modifiers() == _KEYPAD_CODE


def _held_digits(keys: str) -> QKeyCombination | None:
    """Return a digit with Ctrl, Alt or Meta and nothing else, as `Alt+1`; None for all other keys."""
    sequence = QKeySequence(keys)
    pressed: QKeyCombination = sequence[0]  # type: ignore[index]  # the stubs forget it
    is_digit = Qt.Key.Key_1 <= pressed.key() <= Qt.Key.Key_9
    held = pressed.keyboardModifiers()
    return pressed if sequence.count() == 1 and is_digit and held and not held & ~_HELD else None


def bind_within(part: QWidget, actions: Sequence[Action[S]], subject: S) -> None:
    """Bind keys to a part of the window: they act while the keyboard is in it."""
    for action in actions:
        for keys in action.keys:
            shortcut = QShortcut(QKeySequence(keys), part)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(lambda action=action: action.run(subject))


def _undoes_nothing(_editor: QWidget) -> bool:
    return False


def _opens_nothing() -> bool:
    return False


class Shortcuts(QObject, Generic[S]):
    """Binds the keys of the window.

    Args:
        subject: tells what an action is done to now.
        letters: whether single letters act.
        refused: told why a command cannot be run now, in words.
        leaves_undo: tells of an editor that has the keyboard whether Undo is meant for the window: it has nothing to undo itself.
        is_opening: tells whether a ticket is being opened: a command that leads into one of its texts waits until `go_on`.
    """

    def __init__(
        self,
        actions: Sequence[Action[S]],
        window: QWidget,
        subject: Callable[[], S],
        *,
        letters: bool,
        refused: Callable[[str], object] = str,
        leaves_undo: Callable[[QWidget], bool] = _undoes_nothing,
        is_opening: Callable[[], bool] = _opens_nothing,
    ) -> None:
        super().__init__(window)
        self._subject = subject
        self._letters = letters
        self._refused = refused
        self._leaves_undo = leaves_undo
        self._is_opening = is_opening
        self._typed_ahead = TypedAhead(self)
        self._typed: list[QShortcut] = []
        self._plain: set[int] = set()
        self._by_position: dict[QKeyCombination, Callable[[], None]] = {}
        for action in actions:
            for keys in action.keys:
                shortcut = QShortcut(QKeySequence(keys), window)
                shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
                shortcut.setAutoRepeat(action.repeats)
                run = self._runner(action, is_typed=is_letter(keys))
                shortcut.activated.connect(run)
                if (digit := _held_digits(keys)) is not None:
                    self._by_position[digit] = run
                if is_letter(keys):
                    self._typed.append(shortcut)
                    self._plain.add(QKeySequence(keys)[0].toCombined())  # type: ignore[index]  # the stubs forget it
        QApplication.instance().focusChanged.connect(self._focus_moved)  # type: ignore[union-attr]
        self._focus_moved(None, QApplication.focusWidget())

    @property
    def letters(self) -> bool:
        """Whether single letters act."""
        return self._letters

    def set_letters(self, on: bool) -> None:
        """Let single letters act from now on, or not."""
        self._letters = on
        self._bind_letters()

    def go_on(self) -> None:
        """Do what waited for the ticket that was being opened: it is on screen now, or there is none."""
        self._typed_ahead.go_on()

    def active_keys(self, action: Action[S]) -> tuple[str, ...]:
        """Return the keys of a command that do something now."""
        return tuple(keys for keys in action.keys if self._letters or not is_letter(keys)) + action.widget_keys

    def _runner(self, action: Action[S], *, is_typed: bool) -> Callable[[], None]:
        """Return what runs a command or says why not; a letter's, once more, not while something is typed."""

        def act() -> None:
            if is_typed and is_typing():
                return
            if action.enters_text and self._is_opening():
                self._typed_ahead.hold(act)
                return
            subject = self._subject()
            if why := action.reason(subject):
                self._refused(why)
                if action.enters_text:
                    self._typed_ahead.refuse(lambda: self._refused(why), self._plain)
            else:
                action.run(subject)

        return act

    def _focus_moved(self, old: QWidget | None, new: QWidget | None) -> None:
        if old is not None:
            old.removeEventFilter(self)
        if new is not None:
            new.installEventFilter(self)
        self._bind_letters()

    def _bind_letters(self) -> None:
        bound = self._letters and not is_typing()
        for shortcut in self._typed:
            if shortcut.isEnabled() != bound:
                shortcut.setEnabled(bound)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Watch what has the keyboard: a text may become one that can be written, and leaves or claims a key."""
        if event.type() is QEvent.Type.ReadOnlyChange:
            self._bind_letters()
        elif isinstance(event, QKeyEvent) and (run := self._by_key_position(event)) is not None:
            if event.type() is QEvent.Type.ShortcutOverride:
                event.accept()  # then it comes again, as a key that is pressed
            elif event.type() is QEvent.Type.KeyPress and not event.isAutoRepeat():
                run()
            return True
        elif (
            event.type() is QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and isinstance(watched, QWidget)
        ):
            return self._decides(watched, event)
        return super().eventFilter(watched, event)

    def _by_key_position(self, event: QKeyEvent) -> Callable[[], None] | None:
        """Return what a key of the row of digits runs where the layout makes another sign of it than its digit."""
        if Qt.Key.Key_0 <= event.key() <= Qt.Key.Key_9 or (digit := digit_of(event)) is None:
            return None
        return self._by_position.get(QKeyCombination(event.modifiers(), Qt.Key(Qt.Key.Key_0 + digit)))

    def _decides(self, editor: QWidget, event: QKeyEvent) -> bool:
        """Decide for an editor whether a key is its own, and tell whether that was done; else the editor decides."""
        if not takes_text(editor):
            return False
        if event.matches(QKeySequence.StandardKey.Undo) and self._leaves_undo(editor):
            event.ignore()
            return True
        if composes(event):
            event.accept()
            return True
        return False
