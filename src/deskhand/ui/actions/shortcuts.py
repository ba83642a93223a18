"""The commands' keys, bound to the window: all of them, or all but the single letters.

Letters can be switched off as a whole (WCAG 2.1.4): who speaks to the computer, or trembles, runs commands by them unawares.

While something is typed, letters are bound to nothing at all. Qt asks an editor first (`ShortcutOverride`), but editors claim a key
only without modifiers, with Shift or on the keypad: a letter that is typed with AltGr (X11 sends it with GroupSwitchModifier,
Windows with Ctrl and Alt) would run the command of the key it stands on. A layout may do that with any key, so no list of
modifiers is asked: what is not bound cannot run.
"""

import sys
from collections.abc import Callable, Sequence
from typing import Any, Generic

from PySide6.QtCore import QEvent, QKeyCombination, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget
from typing_extensions import override

from deskhand.ui.actions.action import Action, S
from deskhand.ui.actions.digit_row import digit_of
from deskhand.ui.actions.foreign_layout import ForeignLayout
from deskhand.ui.actions.keymap import IN_FORCE, is_letter, pressed
from deskhand.ui.actions.typed_ahead import TypedAhead
from deskhand.ui.kit.text_focus import is_typing, takes_text

_HELD = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
_KEYPAD_CODE = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.KeypadModifier


def composes(event: QKeyEvent, platform: str = sys.platform) -> bool:
    """Tell whether a key is part of a character's code: Windows types € by Alt and 0, 1, 2, 8 on the keypad."""
    return platform == "win32" and event.modifiers() == _KEYPAD_CODE


def _held_digits(keys: str) -> QKeyCombination | None:
    """Return a digit with Ctrl, Alt or Meta and nothing else, as `Alt+1`; None for all other keys."""
    first, *more = pressed(keys)
    is_digit = Qt.Key.Key_1 <= first.key() <= Qt.Key.Key_9
    held = first.keyboardModifiers()
    return first if not more and is_digit and held and not held & ~_HELD else None


class PartShortcuts(QObject, Generic[S]):
    """Binds keys to a part of the window: they act while the keyboard is in it."""

    def __init__(self, part: QWidget, actions: Sequence[Action[S]], subject: S) -> None:
        super().__init__(part)
        self._part = part
        self._actions = actions
        self._subject = subject
        self._bound: list[QShortcut] = []
        part.destroyed.connect(IN_FORCE.listen(self._bind))
        self._bind()

    def _bind(self) -> None:
        """Bind the keys that hold now, and those before no more."""
        _unbind(self._bound)
        for action in self._actions:
            for keys in IN_FORCE.keymap.keys_of(action):
                shortcut = QShortcut(QKeySequence(keys), self._part)
                shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
                shortcut.activated.connect(lambda action=action: action.run(self._subject))
                self._bound.append(shortcut)


def _unbind(shortcuts: list[QShortcut]) -> None:
    for one in shortcuts:
        one.setEnabled(False)  # now: it is deleted only when the loop comes round
        one.setParent(None)
        one.deleteLater()
    shortcuts.clear()


def _undoes_nothing(_editor: QWidget) -> bool:
    return False


def _opens_nothing() -> bool:
    return False


class Shortcuts(QObject, Generic[S]):
    """Binds the keys of the window.

    Args:
        subject: tells what an action is done to now.
        letters: whether single letters act.
        refused: told why a command cannot be run now, in a sentence.
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
        self._actions = actions
        self._window = window
        self._bound: list[QShortcut] = []
        self._typed: list[QShortcut] = []
        self._plain: set[int] = set()
        self._by_position: dict[QKeyCombination, Callable[[], None]] = {}
        self._foreign = ForeignLayout()
        window.destroyed.connect(IN_FORCE.listen(self._bind))
        self._bind()
        QApplication.instance().focusChanged.connect(self._focus_moved)  # type: ignore[union-attr]
        self._focus_moved(None, QApplication.focusWidget())

    def _bind(self) -> None:
        """Bind the keys that hold now, and those before no more."""
        _unbind(self._bound)
        self._typed.clear()
        self._plain.clear()
        self._by_position.clear()
        runners: dict[tuple[QKeyCombination, ...], Callable[[], None]] = {}
        for action in self._actions:
            for keys in IN_FORCE.keymap.keys_of(action):
                shortcut = QShortcut(QKeySequence(keys), self._window)
                shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
                shortcut.setAutoRepeat(action.repeats)
                run = self._runner(action, is_typed=is_letter(keys))
                shortcut.activated.connect(run)
                self._bound.append(shortcut)
                runners[pressed(keys)] = run
                if (digit := _held_digits(keys)) is not None:
                    self._by_position[digit] = run
                if is_letter(keys):
                    self._typed.append(shortcut)
                    self._plain.add(pressed(keys)[0].toCombined())
        self._foreign.set_runners(runners)
        self._bind_letters()

    def set_actions(self, actions: Sequence[Action[S]]) -> None:
        """Bind the keys of these from now on."""
        self._actions = actions
        self._bind()

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

    def active_keys(self, action: Action[Any]) -> tuple[str, ...]:
        """Return the keys of a command that do something now, as people read them."""
        keymap = IN_FORCE.keymap
        off = () if self._letters else tuple(keys for keys in keymap.keys_of(action) if is_letter(keys))
        return tuple(keys for keys in keymap.shown_keys(action) if keys not in off)

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
        # The windows bind keys each for itself: what is pressed in one never means the ticket of another.
        if new is not None and (new.window() is self._window or not isinstance(new.window(), QMainWindow)):
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
        elif isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            # No shortcut was met, so Qt itself found no Latin letter on this key.
            if (run := self._foreign.meant(event, letters=self._letters and not is_typing())) is not None:
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
