"""The program's dataclasses are those of the standard library, made later."""

import copy
import dataclasses
import importlib
import inspect
import pickle
import pkgutil
from typing import Any

import pytest

import deskhand
from deskhand.domain.lazy_dataclass import dataclass


def all_of_the_program() -> list[Any]:
    found: dict[str, Any] = {}
    for info in pkgutil.walk_packages(deskhand.__path__, "deskhand."):
        if info.name == "deskhand.__main__":
            continue
        for kind in vars(importlib.import_module(info.name)).values():
            if isinstance(kind, type) and kind.__module__ == info.name and dataclasses.is_dataclass(kind):
                found[f"{info.name}.{kind.__qualname__}"] = kind
    return list(found.values())


def as_standard(kind: Any) -> Any:
    """Return what the standard library makes of the same fields."""
    specified = []
    for given in dataclasses.fields(kind):
        options = {name: getattr(given, name) for name in ("default", "default_factory", "repr", "compare", "hash")}
        specified.append((given.name, given.type, dataclasses.field(**options)))
    return dataclasses.make_dataclass(kind.__name__, specified, namespace={"__doc__": kind.__doc__ or ""}, slots=True)


def test_each_class_takes_the_arguments_that_the_standard_library_gives_it():
    kinds = all_of_the_program()
    assert len(kinds) > 150
    for kind in kinds:
        fields = dataclasses.fields(kind)
        assert [f.name for f in fields] == list(kind.__match_args__) == list(kind.__slots__)
        standard = as_standard(kind)  # refuses a field without a default behind one with a default
        needed = {f.name: f.name for f in fields if f.default is f.default_factory is dataclasses.MISSING}
        try:
            kind(**needed)
        except TypeError as problem:
            pytest.fail(f"{kind}: {problem}")
        ours, theirs = inspect.signature(kind.__init__), inspect.signature(standard.__init__)
        assert list(ours.parameters) == list(theirs.parameters)
        assert [p.kind for p in ours.parameters.values()] == [p.kind for p in theirs.parameters.values()]


@dataclass(frozen=True, slots=True)
class Point:
    """A point."""

    x: int
    y: int = 2
    tags: list[str] = dataclasses.field(default_factory=list, compare=False)
    secret: str = dataclasses.field(default="s", repr=False)


@dataclass(slots=True)
class Box:
    size: int = 1


@dataclass(frozen=True, slots=True, order=True)
class Version:
    major: int
    minor: int = 0


@dataclass(eq=False, slots=True)
class Node:
    name: str = ""


@dataclass(frozen=True, slots=True)
class Own:
    name: str

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Own)

    def __hash__(self) -> int:
        return 7

    def __repr__(self) -> str:
        return "own"


POINT: Any = Point
"""As the standard library's functions see it, whatever is known of its type."""


def test_values_are_made_compared_and_shown():
    point = Point(1)
    assert (point.x, point.y, point.tags, point.secret) == (1, 2, [], "s")
    assert Point(1).tags is not Point(1).tags
    assert point == Point(x=1, tags=["other"])
    assert point != Point(2)
    assert POINT(1) != (1, 2, [], "s")
    assert len({point, Point(1, 2)}) == 1
    assert repr(point) == "Point(x=1, y=2, tags=[])"
    assert sorted([Version(2), Version(1, 5)]) == [Version(1, 5), Version(2)]
    assert Node("a") != Node("a")
    assert hash(Node()) != hash(Node())
    assert (Own("a"), hash(Own("a")), repr(Own("a"))) == (Own("b"), 7, "own")


def test_wrong_arguments_are_refused_from_the_first_value_on():
    @dataclass(frozen=True, slots=True)
    class Fresh:
        x: int

    fresh: Any = Fresh
    for _ in range(2):
        with pytest.raises(TypeError, match=r"Fresh\.__init__\(\) missing 1 required positional argument: 'x'"):
            fresh()
    with pytest.raises(TypeError, match="unexpected keyword argument 'z'"):
        fresh(1, z=2)


def test_a_frozen_value_does_not_change_and_another_one_does():
    with pytest.raises(dataclasses.FrozenInstanceError, match="cannot assign to field 'x'"):
        POINT(1).x = 2
    with pytest.raises(dataclasses.FrozenInstanceError, match="cannot delete field 'x'"):
        del POINT(1).x
    box: Any = Box()
    box.size = 3
    assert box == Box(3)
    with pytest.raises(TypeError, match="unhashable"):
        hash(box)
    with pytest.raises(AttributeError):
        box.colour = "red"


def test_the_functions_of_the_standard_library_take_them():
    assert [dataclasses.is_dataclass(given) for given in (POINT, POINT(1))] == [True, True]
    assert [f.name for f in dataclasses.fields(Point)] == ["x", "y", "tags", "secret"]
    assert dataclasses.replace(POINT(1), y=5) == Point(1, 5)
    assert dataclasses.asdict(POINT(1)) == {"x": 1, "y": 2, "tags": [], "secret": "s"}
    assert copy.deepcopy(POINT(1, tags=["a"])).tags == ["a"]
    assert pickle.loads(pickle.dumps(POINT(3))) == Point(3)  # noqa: S301 - made here
    match POINT(1):
        case Point(x, y):
            assert (x, y) == (1, 2)
        case _:
            pytest.fail("no match")


def test_what_no_class_needs_is_refused():
    with pytest.raises(TypeError, match="no inheritance"):

        @dataclass(slots=True)
        class _Larger(Box):
            other: int = 1

    with pytest.raises(ValueError, match="default_factory"):

        @dataclass(slots=True)
        class _Shared:
            items: list[int] = []  # noqa: RUF012 - what is refused
