"""What is still open while HTML is written."""

from deskhand.domain.lazy_dataclass import dataclass


@dataclass(eq=False, slots=True)
class OpenElement:
    """An element of the output that is still open."""

    name: str
    start: str


@dataclass(eq=False, slots=True)
class OpenList:
    """A list that is still open.

    Attributes:
        at: its place in the open elements of the input.
        shown: it is a list in the output too.
        number: of its next item; None where items have no number.
        count: its items since it began, or was begun anew.
    """

    at: int
    shown: bool
    number: int | None
    count: int = 0
