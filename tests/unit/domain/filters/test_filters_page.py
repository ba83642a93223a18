"""The manual's page on filters names every field, and everything on it that looks like a filter is one."""

import re
from pathlib import Path

import pytest

from deskhand.domain.filters.fields import FIELDS, SIGNS
from deskhand.domain.filters.parsing import FilterError, parse
from deskhand.domain.filters.syntax import Period

PAGE = (Path(__file__).parents[4] / "resources" / "help" / "filters.md").read_text(encoding="utf-8")
TABLE = {
    tuple(re.findall("`([^`]+)`", names)): (takes.strip(), re.findall("`([^`]+)`", examples))
    for names, takes, examples in re.findall(r"^\| ((?:`[a-z]+` ?)+)\| ([^|]+) \| (.+) \|$", PAGE, re.MULTILINE)
}
FILTERS = [text for text in re.findall("`([^`]+)`", PAGE) if re.search(r"[a-z][:<>]\S", text)]


def test_the_table_has_every_field_with_its_names_what_it_takes_and_its_examples():
    assert {
        (field.value, *info.other_names): (info.takes, list(info.examples)) for field, info in FIELDS.items()
    } == TABLE


def test_the_page_says_of_every_sign_what_the_list_of_operators_says():
    signs = {
        (example, meaning.strip())
        for examples, meaning in re.findall(r"^\| (`[^|]+) \| ([^|`]+) \|$", PAGE, re.MULTILINE)
        for example in re.findall("`([^`]+)`", examples)
    }
    assert set(SIGNS) <= signs


@pytest.mark.parametrize("text", FILTERS)
def test_what_stands_there_as_a_filter_is_one(text):
    assert not isinstance(parse(text), FilterError)


def test_the_periods_that_it_tells_of_are_those_that_there_are():
    plain = {"today", "yesterday", "tomorrow"}
    parts = {f"{which}-{what}" for which in ("this", "last", "next") for what in ("week", "month", "year")}
    assert {period.value for period in Period} == plain | parts
    assert all(f"`{each}`" in PAGE for each in (*plain, "this-", "last-", "next-", "week", "month", "year"))
