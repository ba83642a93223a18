"""What of a filter a vendor's own search can be told, and which account it names though there is none."""

from datetime import UTC, date, datetime

import pytest
from tests.helpers.store_fixtures import an_account

from deskhand.domain.filters.asked import asked_accounts, created_from, unknown_account
from deskhand.domain.filters.parsing import FilterError, parse
from deskhand.domain.filters.syntax import Filter
from deskhand.domain.ids import AccountId

NOW = datetime(2026, 11, 30, 12, 0, tzinfo=UTC)


def read(text: str) -> Filter:
    found = parse(text)
    assert not isinstance(found, FilterError)
    return found


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("refund created>=2026-09-10", date(2026, 9, 9)),
        ("created<30d", date(2026, 10, 30)),
        ("created:2026-09", date(2026, 8, 31)),
        ("created:2026-09 created>=2026-09-20", date(2026, 9, 19)),
        ("created<2026-09-01", None),
        ("-created>=2026-09-10", None),
        ("created>=2026-09-10 or is:open", None),
        ("updated<2d", None),
        ("refund", None),
    ],
)
def test_a_day_bounds_what_is_asked_only_where_every_hit_lies_behind_it(text: str, first: date | None) -> None:
    assert created_from(read(text), NOW, UTC) == first


def test_only_accounts_that_a_filter_can_mean_are_asked() -> None:
    accounts = [an_account(AccountId("a"), label="Retail EU"), an_account(AccountId("b"), label="Retail UK")]
    assert [one.id for one in asked_accounts(read('refund account:"retail uk"'), accounts)] == ["b"]
    assert len(asked_accounts(read("refund -account:b"), accounts)) == 2
    assert len(asked_accounts(None, accounts)) == 2
    assert not asked_accounts(read("vendor:thena"), accounts)


@pytest.mark.parametrize(
    ("text", "unknown"),
    [
        ("account:retail refund", "retail"),
        ('account:"RETAIL eu"', ""),
        ("-account:retail", ""),
        ("account:retail or is:open", ""),
        ("refund", ""),
    ],
)
def test_an_account_that_must_be_meant_and_is_not_there_is_named(text: str, unknown: str) -> None:
    assert unknown_account(read(text), [an_account(AccountId("a"), label="Retail EU")]) == unknown
    assert unknown_account(None, []) == ""
