"""What an action is: a value that menus, buttons, shortcuts, the palette and the key overview are drawn from."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import field
from enum import Enum
from typing import TYPE_CHECKING, Generic, TypeVar

from PySide6.QtCore import QCoreApplication

from deskhand.domain.lazy_dataclass import dataclass

if TYPE_CHECKING:
    from deskhand.services.bulk_overview import Overview, Reach

S = TypeVar("S")
"""What an action is done to: the selection in the window, an account, the reply box, or a message."""


@dataclass(frozen=True, slots=True)
class Possible:
    """An action can be done now."""


@dataclass(frozen=True, slots=True)
class Reason:
    """An action cannot be done now, and the sentence that says why; empty where what is shown beside it says enough."""

    text: str


POSSIBLE = Possible()


def possible_unless(why: str) -> Possible | Reason:
    """Return the reason as a value; empty = possible."""
    return Reason(why) if why else POSSIBLE


class Takes(Enum):
    """How many tickets an action is done to."""

    NONE = "none"
    ONE = "one"
    SEVERAL = "several"
    """All that are selected where several are, else the open ticket."""


class Group(Enum):
    """Where an action belongs."""

    SEARCH = "search"
    LIST = "list"
    TICKET = "ticket"
    VIEW = "view"
    ACCOUNT = "account"
    WINDOW = "window"
    REPLY_BOX = "reply box"
    MESSAGE = "message"


def always(_subject: object) -> Possible | Reason:
    """Return that it can be done."""
    return POSSIBLE


def everywhere(_subject: object) -> bool:
    """Return that a menu shows it."""
    return True


def nothing_now(_subject: object) -> str:
    """Return that nothing is said of what it is now."""
    return ""


def no_choices(_subject: object) -> "Sequence[Action[S]]":
    """Return that it needs no choice."""
    return ()


@dataclass(frozen=True, slots=True, eq=False)
class Action(Generic[S]):
    """Something that a person can do.

    Attributes:
        source_title: in English; `title` is translated, with `values` put in, as `tip` is.
        keys: its keys unless a set or the agent gives it others (`keymap`), bound to the window or to the part that the table is for:
            "G, I" is two keys after one another.
        run: does it; asked only while `available` says that it is possible.
        takes: how many tickets it is done to.
        reach: of several that are selected, how many it can be done to; None = all of them, because nothing leaves this computer.
        menu_title, menu_title_several: in a menu of one ticket, and of several; empty = the title.
        tip: what a menu explains beside it.
        shown: whether a menu has it at all.
        choices: what a menu or the palette offers below it, each an action by itself.
        now: what it is set to now, as the palette says beside it ("is High").
        palette_title: in the palette, where `now` or a choice stands beside it; empty = the title.
        same_as: id of the action whose synonyms it is found by too.
        in_palette: whether the palette offers it.
        widget_keys: keys that the focused widget handles by itself: shown, not bound.
        enters_text: it leads into a text of the open ticket, or about it: it waits until that ticket is on screen, and what is typed next with it.
        repeats: it is done again while its key is held down.
    """

    id: str
    source_title: str
    keys: tuple[str, ...]
    run: Callable[[S], object]
    available: Callable[[S], Possible | Reason] = always
    group: Group = Group.WINDOW
    takes: Takes = Takes.NONE
    icon: str = ""
    menu_title: str = ""
    menu_title_several: str = ""
    tip: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    shown: Callable[[S], bool] = everywhere
    choices: "Callable[[S], Sequence[Action[S]]]" = no_choices
    has_choices: bool = False
    in_palette: bool = True
    now: Callable[[S], str] = nothing_now
    palette_title: str = ""
    same_as: str = ""
    widget_keys: tuple[str, ...] = ()
    enters_text: bool = False
    repeats: bool = False
    reach: "Callable[[Overview], Reach] | None" = None

    @property
    def title(self) -> str:
        """The name in the palette, the key overview and tooltips."""
        return translate(self.source_title).format(**self.values)

    def title_in_menu(self, *, several: bool = False) -> str:
        """Return the name in a menu."""
        source = (several and self.menu_title_several) or self.menu_title
        return translate(source) if source else self.title

    @property
    def explanation(self) -> str:
        """What a menu explains beside it; empty = nothing."""
        return translate(self.tip).format(**self.values) if self.tip else ""

    @property
    def acts_in_texts(self) -> bool:
        """Whether its keys are bound where something is typed."""
        return self.group is Group.REPLY_BOX

    def is_refused(self, subject: S) -> bool:
        """Tell whether it cannot be done now."""
        return isinstance(self.available(subject), Reason)

    def reason(self, subject: S) -> str:
        """Return why it cannot be done now; empty = it can."""
        match self.available(subject):
            case Reason(text=text):
                return text
            case _:
                return ""


def translate(text: str) -> str:
    """Return a text of the actions in the language of the window."""
    return QCoreApplication.translate("Actions", text)
