"""Narrows a value to the type that a test needs, or fails with a sentence that says what was there instead."""

from typing import TypeVar

T = TypeVar("T")


def not_none(value: T | None) -> T:
    """Return a value that may be None by its type and has to be there in this test."""
    assert value is not None, "None was found where the test needs a value"
    return value


def instance(value: object, kind: type[T]) -> T:
    """Return a value that is declared more widely than this test needs it."""
    assert isinstance(value, kind), f"{value!r} was found where the test needs a {kind.__name__}"
    return value
