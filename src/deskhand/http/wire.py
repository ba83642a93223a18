"""Base classes for every vendor's `wire.py`: the models retain unknown fields and accept odd values where a meaning can be found."""

import logging
import re
from collections.abc import Iterator
from datetime import datetime
from typing import Annotated, Any, Generic, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError

from deskhand.domain.lazy_dataclass import dataclass

from .answers import describe_validation_error
from .jsontext import encode
from .times import parse_time

_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")

log = logging.getLogger(__name__)


class Wire(BaseModel):
    """Base of what a vendor says: unknown fields are retained, errors never quote values."""

    model_config = ConfigDict(extra="allow", hide_input_in_errors=True, populate_by_name=True, frozen=True)


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return str(value).lower()
    return str(value) if isinstance(value, int | float) else ""


def _texts(value: Any) -> tuple[str, ...]:
    if isinstance(value, str):
        return tuple(part.strip() for part in value.split(",") if part.strip())
    if not isinstance(value, list | tuple):
        return ()
    return tuple(text for item in value if (text := _text(item.get("name") if isinstance(item, dict) else item)))


def parse_stamp(value: Any) -> datetime | None:
    """Read a written date after 1970; None for anything else, such as a number, a text or a zero time."""
    moment = parse_time(value) if isinstance(value, str) and _ISO_DATE.match(value.strip()) else None
    return moment if moment is not None and moment.timestamp() > 0 else None


Text = Annotated[str, BeforeValidator(_text)]
"""A text that may come as null or a number; anything else reads as empty."""

When = Annotated[datetime | None, BeforeValidator(parse_time)]
"""A time in any of the forms of `times`, None where it cannot be read."""

Keyword = Annotated[str, BeforeValidator(lambda value: "?" if isinstance(value, dict | list) else _text(value))]
"""A text that decides something: what is no text at all is none of the known ones either, instead of not said."""

Flag = Annotated[bool | None, BeforeValidator(lambda value: value if isinstance(value, bool) else None)]
"""Yes, no, or not said."""

Stamp = Annotated[datetime | None, BeforeValidator(parse_stamp)]
"""A time that says that something was done (deleted, archived): a written date after 1970, and nothing else, says so."""

Texts = Annotated[tuple[str, ...], BeforeValidator(_texts)]
"""Texts that may come as a list, as objects with a `name`, or as one text with commas."""

Id = Annotated[str, BeforeValidator(lambda value: value or None), BeforeValidator(_text)]
"""An id that has to be there: without one an item cannot be stored."""

M = TypeVar("M", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Item(Generic[M]):
    """One item of a list: the model, and the vendor's own JSON of it."""

    model: M
    raw: str


@dataclass(frozen=True, slots=True)
class Items(Generic[M]):
    """What could be read of a list.

    Attributes:
        left_out: how many items could not be read; each was logged without its values.
    """

    items: tuple[Item[M], ...] = ()
    left_out: int = 0

    def __iter__(self) -> Iterator[Item[M]]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)

    @property
    def models(self) -> tuple[M, ...]:
        """The models alone."""
        return tuple(item.model for item in self.items)


def read_items(model: type[M], data: Any) -> Items[M]:
    """Read a list item by item, so that one bad item never loses its page.

    Raises:
        ValueError: `data` is no list; within `Answer.map` that becomes the right problem.
    """
    if not isinstance(data, list):
        raise ValueError(f"a {type(data).__name__} where a list belongs")  # noqa: TRY004 - the one class that `Answer.map` takes
    good: list[Item[M]] = []
    for place, value in enumerate(data):
        try:
            good.append(Item(model.model_validate(value), encode(value)))
        except ValidationError as error:
            log.warning("%s %d of a list left out: %s", model.__name__, place, describe_validation_error(error))
    return Items(tuple(good), len(data) - len(good))


def read_page(model: type[M], data: Any) -> Items[M]:
    """Read a page of a list that is read: several entries of which none can be read are no page, and no end of the list.

    Raises:
        ValueError: so too where `data` is no list.
    """
    found = read_items(model, data)
    if not found and found.left_out > 1:
        raise ValueError(f"none of its {found.left_out} items can be read")
    return found


def read_search_results(model: type[M], data: Any) -> Items[M]:
    """Read what a search found: entries of which none can be read are not nothing found.

    Raises:
        ValueError: so too where `data` is no list.
    """
    found = read_items(model, data)
    if not found and found.left_out:
        raise ValueError(f"none of its {found.left_out} items can be read")
    return found


def read_item(model: type[M], data: Any) -> Item[M]:
    """Read one item; pydantic's ValidationError passes through to `Answer.map`."""
    return Item(model.model_validate(data), encode(data))


def unwrap(data: Any, *names: str) -> Any:
    """Return what lies under the first of `names` that an envelope has, or `data` itself where it has none."""
    if isinstance(data, dict):
        for name in names:
            if name in data:
                return data[name]
    return data
