"""Regular expressions are compiled when they are first used, and each of them can be."""

import importlib
import pkgutil
import re
import sys

import pytest

import deskhand
from deskhand.domain.lazy_pattern import LazyPattern, compile_all, lazy_pattern


def test_a_pattern_works_like_a_compiled_one():
    words = lazy_pattern(r"(?P<word>[a-z]+)", re.IGNORECASE)
    assert [found["word"] for found in words.finditer("Ada, Byron")] == ["Ada", "Byron"]
    assert words.sub("x", "Ada, Byron") == "x, x"
    assert (words.pattern, words.groups) == (r"(?P<word>[a-z]+)", 1)


def test_a_mistake_shows_at_the_first_use():
    wrong = lazy_pattern("(")
    with pytest.raises(re.error):
        wrong.match("a")


def test_what_was_compiled_ahead_is_not_compiled_at_its_first_use():
    words, wrong = lazy_pattern(r"only of this test [a-z]+"), lazy_pattern("(only of this test")
    re.purge()
    compile_all()
    parsed = []
    sys.setprofile(lambda frame, event, _: parsed.append(event) if "_parser" in frame.f_code.co_filename else None)
    try:
        assert words.match("only of this test a")
    finally:
        sys.setprofile(None)
    assert parsed == []
    with pytest.raises(re.error):
        wrong.match("a")


def test_every_pattern_of_the_program_compiles():
    found = 0
    for info in pkgutil.walk_packages(deskhand.__path__, "deskhand."):
        if info.name != "deskhand.__main__":
            for value in vars(importlib.import_module(info.name)).values():
                if isinstance(value, LazyPattern):
                    assert value.flags is not None
                    found += 1
    assert found > 100
