"""`dataclass` for the program's own values: the same classes as those of the standard library, without their cost at start.

`dataclasses.dataclass` compiles six functions for each class when its module is imported, which was a sixth of the start
(resources/docs/decisions/0013-dataclasses-compiled-at-first-use.md). Here the class gets its slots at once; `__init__` is compiled when
the first value is made, and the fields that `dataclasses.fields`, `replace` and `asdict` look at are described when one of them asks.
Everything else is shared functions. `field`, `replace`, `fields` and `asdict` are those of the standard library.

Not there, because no class of the program needs it: a dataclass that inherits from another one, ClassVar, InitVar, keyword-only
fields, `field(init=False)`, `__post_init__`. Each is refused when the class is made.
"""

import dataclasses
import operator
import sys
from collections.abc import Callable, Mapping
from reprlib import recursive_repr
from typing import Any, TypeVar, dataclass_transform

T = TypeVar("T")

_FIELDS = "__dataclass_fields__"
"""Where the standard library's functions look for the fields."""


@dataclass_transform(field_specifiers=(dataclasses.field, dataclasses.Field))
def dataclass(
    *, slots: bool, frozen: bool = False, eq: bool = True, order: bool = False
) -> Callable[[type[T]], type[T]]:
    """Return a decorator with the meaning of `dataclasses.dataclass(frozen=…, eq=…, order=…, slots=True)`.

    Args:
        slots: always True, and written out at each class, so that it reads as it does elsewhere.
    """
    if not slots:
        raise TypeError("a class of the program has slots")

    def decorate(cls: type[T]) -> type[T]:
        return _make(cls, frozen=frozen, eq=eq, order=order)

    return decorate


def _make(cls: type[T], *, frozen: bool, eq: bool, order: bool) -> type[T]:
    annotations = _annotations(cls)
    given = {name: vars(cls)[name] for name in annotations if name in vars(cls)}
    _refuse_unsupported(cls, annotations, given)
    names = tuple(annotations)
    namespace = {k: v for k, v in vars(cls).items() if k not in annotations and k not in ("__dict__", "__weakref__")}
    namespace |= {"__slots__": names, "__match_args__": names, "__qualname__": cls.__qualname__}
    described = _Fields(annotations, given)
    namespace[_FIELDS] = described

    methods: dict[str, Any] = {"__repr__": _represent(n for n in names if _option(given, n, "repr"))}
    compared = _reader(tuple(n for n in names if _option(given, n, "compare")))
    if eq:
        methods["__eq__"] = _comparing(operator.eq, compared)
        if order:
            for sign in (operator.lt, operator.le, operator.gt, operator.ge):
                methods[f"__{sign.__name__}__"] = _comparing(sign, compared)
    if frozen:
        methods |= {"__setattr__": _refuse_setting, "__delattr__": _refuse_deleting}
        methods |= {"__getstate__": _state, "__setstate__": _set_state}
    for name, method in methods.items():
        namespace.setdefault(name, method)
    if eq and ("__hash__" not in vars(cls) or (vars(cls)["__hash__"] is None and "__eq__" in vars(cls))):
        namespace["__hash__"] = _hashing(compared) if frozen else None  # as in the standard library

    metaclass: Any = type(cls)
    made: type[T] = metaclass(cls.__name__, cls.__bases__, namespace)
    described.owner = made
    if "__init__" not in namespace:
        _compile_init_at_first_use(made, names, given, frozen=frozen)
    return made


def _annotations(cls: type) -> dict[str, Any]:
    if sys.version_info >= (3, 14):
        import annotationlib

        return annotationlib.get_annotations(cls, format=annotationlib.Format.FORWARDREF)
    return dict(vars(cls).get("__annotations__", {}))


def _refuse_unsupported(cls: type, annotations: Mapping[str, Any], given: Mapping[str, Any]) -> None:
    if any(_FIELDS in vars(base) for base in cls.__mro__[1:]) or "__post_init__" in vars(cls):
        raise TypeError(f"{cls.__name__}: no inheritance between dataclasses and no __post_init__")
    for name, kind in annotations.items():
        value = given.get(name)
        if "ClassVar" in str(kind) or "InitVar" in str(kind) or kind is dataclasses.KW_ONLY:
            raise TypeError(f"{cls.__name__}.{name} is no field")
        if isinstance(value, dataclasses.Field):
            if not value.init or value.kw_only is True:
                raise TypeError(f"{cls.__name__}.{name}: every field is a positional argument")
            value = value.default
        if type(value).__hash__ is None:
            raise ValueError(f"{cls.__name__}.{name}: a default that can change needs a default_factory")


def _option(given: Mapping[str, Any], name: str, option: str) -> bool:
    value = given.get(name)
    return bool(getattr(value, option)) if isinstance(value, dataclasses.Field) else True


def _reader(names: tuple[str, ...]) -> Callable[[Any], tuple[Any, ...]]:
    """Return a function that reads these attributes of a value as a tuple."""
    if len(names) > 1:
        return operator.attrgetter(*names)
    return lambda value: tuple(getattr(value, name) for name in names)


def _comparing(sign: Callable[[Any, Any], Any], read: Callable[[Any], tuple[Any, ...]]) -> Callable[[Any, object], Any]:
    def compare(self: Any, other: object) -> Any:
        if other.__class__ is not self.__class__:
            return NotImplemented
        return sign(read(self), read(other))

    return compare


def _hashing(read: Callable[[Any], tuple[Any, ...]]) -> Callable[[Any], int]:
    return lambda self: hash(read(self))


def _represent(names: Any) -> Callable[[Any], str]:
    shown = tuple(names)

    @recursive_repr()
    def represent(self: Any) -> str:
        return f"{type(self).__qualname__}({', '.join(f'{name}={getattr(self, name)!r}' for name in shown)})"

    return represent


def _refuse_setting(_self: object, name: str, _value: object) -> None:
    raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_deleting(_self: object, name: str) -> None:
    raise dataclasses.FrozenInstanceError(f"cannot delete field {name!r}")


def _state(self: Any) -> list[Any]:
    return [getattr(self, name) for name in self.__match_args__]


def _set_state(self: Any, state: list[Any]) -> None:
    for name, value in zip(self.__match_args__, state, strict=True):
        object.__setattr__(self, name, value)


class _Fields:
    """Stands for `__dataclass_fields__` until somebody asks for it."""

    def __init__(self, annotations: Mapping[str, Any], given: Mapping[str, Any]) -> None:
        self.owner: type = object
        self._annotations = annotations
        self._given = given

    def __get__(self, _instance: object, _owner: type) -> Any:
        specified = [(name, kind, self._field(name)) for name, kind in self._annotations.items()]
        namespace = {"__doc__": "Only describes the fields."}
        plain = dataclasses.make_dataclass(
            self.owner.__name__, specified, init=False, repr=False, eq=False, namespace=namespace
        )
        found = getattr(plain, _FIELDS)
        setattr(self.owner, _FIELDS, found)
        return found

    def _field(self, name: str) -> Any:
        if name not in self._given:
            return dataclasses.field()
        value = self._given[name]
        return value if isinstance(value, dataclasses.Field) else dataclasses.field(default=value)


def _compile_init_at_first_use(cls: Any, names: tuple[str, ...], given: Mapping[str, Any], *, frozen: bool) -> None:
    def first(self: Any, *values: Any, **named: Any) -> None:
        if cls.__init__ is first:
            cls.__init__ = _compile_init(cls, names, given, frozen=frozen)
        cls.__init__(self, *values, **named)

    first.__qualname__ = f"{cls.__qualname__}.__init__"
    cls.__init__ = first


def _compile_init(cls: type, names: tuple[str, ...], given: Mapping[str, Any], *, frozen: bool) -> Callable[..., None]:
    """Return `__init__` with a parameter for each field, in their order."""
    # What the text names that is no field begins with `_of_`: a field never does.
    known: dict[str, Any] = {"_of_set": object.__setattr__, "_of_absent": dataclasses.MISSING}
    parameters, lines = [], []
    for name in names:
        value, source, parameter = given.get(name, dataclasses.MISSING), name, name
        if isinstance(value, dataclasses.Field):
            if value.default_factory is not dataclasses.MISSING:
                known[f"_of_make_{name}"] = value.default_factory
                source, parameter = f"_of_make_{name}() if {name} is _of_absent else {name}", f"{name}=_of_absent"
            value = value.default
        if value is not dataclasses.MISSING:
            known[f"_of_default_{name}"], parameter = value, f"{name}=_of_default_{name}"
        parameters.append(parameter)
        lines.append(f"  _of_set(self, {name!r}, {source})" if frozen else f"  self.{name} = {source}")
    text = f"def __init__(self, {', '.join(parameters)}):\n" + ("\n".join(lines) or "  pass")
    exec(compile(text, f"<{cls.__qualname__}>", "exec"), known)  # noqa: S102 - made of the names of fields alone
    made: Callable[..., None] = known["__init__"]
    made.__qualname__ = f"{cls.__qualname__}.__init__"
    return made
