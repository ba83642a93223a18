"""Which keys an action has now: those of a set, and what the agent changed of it. The one place that resolves keys.

Keys are written as Qt's portable text: "Ctrl+Shift+M", "R", "G, I" for two keys after one another.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import field, replace
from typing import Any

from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QWidget

from deskhand.domain.lazy_dataclass import dataclass
from deskhand.ui.actions.action import Action, translate
from deskhand.ui.actions.key_sets import DESKHAND, SETS, KeySet

_HELD = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier

MOST_PRESSED = 2
"""Keys after one another that one action may have."""

_IN_TEXT = frozenset(
    f"{held}{key}"
    for key in ("Left", "Right", "Up", "Down", "Home", "End", "PgUp", "PgDown", "Backspace", "Del")
    for held in ("", "Shift+", "Ctrl+", "Ctrl+Shift+")
)
_OF_THE_SYSTEM = frozenset(
    [
        "Esc",
        "Tab",
        "Shift+Tab",
        "Backtab",
        "Return",
        "Enter",
        "Shift+Return",
        "Shift+Enter",
        "Space",
        "Shift+Space",
        "Ctrl+C",
        "Ctrl+V",
        "Ctrl+X",
        "Ctrl+A",
        "Ctrl+Z",
        "Ctrl+Shift+Z",
        "Ctrl+Y",
        "Alt+F4",
        "F10",
        "Alt+Tab",
        "Menu",
    ]
)


def pressed(keys: str) -> tuple[QKeyCombination, ...]:
    """Return what is pressed one after the other; empty where the text names no key."""
    sequence = QKeySequence(keys)
    combinations = tuple(sequence[i] for i in range(sequence.count()))  # type: ignore[index]  # the stubs forget it
    return () if any(one.key() == Qt.Key.Key_unknown for one in combinations) else combinations


def normalized(keys: str) -> str:
    """Return keys as they are compared and stored; empty where the text names no key."""
    return QKeySequence(keys).toString(QKeySequence.SequenceFormat.PortableText) if pressed(keys) else ""


def shown(keys: Iterable[str]) -> tuple[str, ...]:
    """Return keys as people read them: both keys that say Enter are one."""
    return tuple(dict.fromkeys(one.replace("Return", "Enter") for one in keys))


def is_letter(keys: str) -> bool:
    """Tell whether any of these keys is pressed without Ctrl or Alt, and is no function key: it could be part of a text."""
    return any(_is_typed(one) for one in pressed(keys))


def _is_typed(one: QKeyCombination) -> bool:
    key, is_held = one.key(), bool(one.keyboardModifiers() & _HELD)
    return not is_held and key != Qt.Key.Key_Escape and not Qt.Key.Key_F1 <= key <= Qt.Key.Key_F35


def clashes(one: str, other: str) -> bool:
    """Tell whether two keys cannot both be bound: they are the same, or one is how the other begins ("G" and "G, I")."""
    mine, theirs = pressed(one), pressed(other)
    least = min(len(mine), len(theirs))
    return least > 0 and mine[:least] == theirs[:least]


@dataclass(frozen=True, slots=True)
class Keymap:
    """The keys in force.

    Attributes:
        key_set: the set it begins with.
        changes: keys by an action's id, where the agent wants others than the set's; no keys at all is a choice too.
    """

    key_set: KeySet = DESKHAND
    changes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def of_set(self, action: Action[Any]) -> tuple[str, ...]:
        """Return the keys that the set gives an action."""
        return self.key_set.keys.get(action.id, action.keys)

    def keys_of(self, action: Action[Any]) -> tuple[str, ...]:
        """Return the keys that an action is bound to."""
        return self.changes.get(action.id, self.of_set(action))

    def shown_keys(self, action: Action[Any]) -> tuple[str, ...]:
        """Return the keys of an action as people read them, with those that the focused widget handles by itself."""
        return shown((*self.keys_of(action), *action.widget_keys))

    def is_changed(self, action: Action[Any]) -> bool:
        """Tell whether the agent gave it other keys than the set."""
        return action.id in self.changes

    def with_keys(self, action: Action[Any], keys: Sequence[str]) -> "Keymap":
        """Return a keymap in which an action has these keys; only what differs from the set is held."""
        others = {known: value for known, value in self.changes.items() if known != action.id}
        mine = tuple(dict.fromkeys(keys))
        return replace(self, changes=others if mine == self.of_set(action) else {**others, action.id: mine})

    def without(self, action: Action[Any], key: str) -> "Keymap":
        """Return a keymap in which an action has no key that clashes with this one."""
        return self.with_keys(action, [one for one in self.keys_of(action) if not clashes(one, key)])

    def holder(self, key: str, actions: Iterable[Action[Any]], but: Action[Any] | None = None) -> Action[Any] | None:
        """Return another action among these that has a key which cannot be bound beside this one."""
        return next(
            (one for one in actions if one is not but and any(clashes(key, held) for held in self.keys_of(one))), None
        )


def with_set(chosen: KeySet, keymap: Keymap, actions: Iterable[Action[Any]]) -> Keymap:
    """Return the keymap that begins with another set: what the agent changed stays, unless it clashes there or is no difference.

    Args:
        actions: all whose keys can be changed.
    """
    every = tuple(actions)
    made = Keymap(chosen)
    for action in every:
        if action.id in keymap.changes:
            wanted = keymap.changes[action.id]
            free = [one for one in wanted if made.holder(one, every, action) is None]
            if free or not wanted:
                made = made.with_keys(action, free)
    return made


def why_no_key(key: str, action: Action[Any]) -> str:
    """Return why this action cannot have this key, in a sentence; empty where it can."""
    combinations = pressed(key)
    if not combinations or len(combinations) > MOST_PRESSED:
        return translate("This is no key.")
    if any(one.keyboardModifiers() & _CTRL_ALT == _CTRL_ALT for one in combinations):
        return translate("Ctrl and Alt together type letters on many keyboards (AltGr).")
    if key in _IN_TEXT | _OF_THE_SYSTEM and key not in action.keys:
        return translate("{key} belongs to texts, lists or the system.").format(key=shown([key])[0])
    if action.acts_in_texts and any(_is_typed(one) for one in combinations):
        return translate("It would be typed there: in the reply box only keys with Ctrl or Alt act.")
    return ""


_CTRL_ALT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


def stored(keymap: Keymap) -> Mapping[str, Sequence[str]]:
    """Return what the settings store of the agent's changes."""
    return {action: list(keys) for action, keys in keymap.changes.items()}


def read_stored(name: str, changes: object, actions: Iterable[Action[Any]]) -> Keymap:
    """Return the keymap that was stored. What does not fit any more, after an upgrade or a mended file, is left out.

    Args:
        name: of the set; an unknown one is Deskhand's.
        changes: what `stored` returned.
        actions: all whose keys can be changed.
    """
    every = tuple(actions)
    wanted: dict[str, tuple[str, ...]] = {}
    if isinstance(changes, dict):
        for action in every:
            keys = changes.get(action.id)
            if isinstance(keys, list):
                known = [normalized(one) for one in keys if isinstance(one, str)]
                wanted[action.id] = tuple(one for one in known if one and not why_no_key(one, action))
    key_set = next((one for one in SETS if one.name == name), DESKHAND)
    # All that changed lose their keys first: two actions that swapped keys do not stand in each other's way.
    made = Keymap(key_set, dict.fromkeys(wanted, ()))
    for action in every:
        if action.id in wanted:
            free = [one for one in wanted[action.id] if made.holder(one, every, action) is None]
            made = made.with_keys(action, free)
    return made


class KeysInForce:
    """The keymap of this process: whatever shows or binds a key asks here, and those that listen are told of another one."""

    def __init__(self) -> None:
        self._keymap = Keymap()
        self._listeners: list[Callable[[], None]] = []

    @property
    def keymap(self) -> Keymap:
        """Which keys hold now."""
        return self._keymap

    def put(self, keymap: Keymap) -> None:
        """Let another keymap hold from now on."""
        if keymap != self._keymap:
            self._keymap = keymap
            for listener in tuple(self._listeners):
                listener()

    def listen(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Be told of another keymap; return what ends that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener) if listener in self._listeners else None

    def first_key(self, action: Action[Any]) -> str:
        """Return the key that a tooltip shows; empty where the action has none."""
        return next(iter(self._keymap.shown_keys(action)), "")


IN_FORCE = KeysInForce()
"""One for all windows of the program, as the keyboard is one."""


def show_keys(widget: QWidget, show: Callable[[], None]) -> None:
    """Let a widget show keys now, and once more whenever others hold, for as long as it is there."""
    widget.destroyed.connect(IN_FORCE.listen(show))
    show()
