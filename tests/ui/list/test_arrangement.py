"""Which order follows from a click on a head."""

import pytest

from deskhand.domain.queries import Sort, TicketQuery
from deskhand.ui.list.arrangement import clicked_order

UPDATED, PRIORITY = (Sort.NEWEST, Sort.OLDEST), (Sort.PRIORITY,)


@pytest.mark.parametrize(
    ("sorts", "second", "before", "after"),
    [
        (PRIORITY, False, (Sort.NEWEST, None), (Sort.PRIORITY, None)),
        (UPDATED, False, (Sort.NEWEST, None), (Sort.OLDEST, None)),
        (UPDATED, False, (Sort.PRIORITY, Sort.OLDEST), (Sort.NEWEST, None)),
        (UPDATED, True, (Sort.PRIORITY, None), (Sort.PRIORITY, Sort.NEWEST)),
        (UPDATED, True, (Sort.PRIORITY, Sort.NEWEST), (Sort.PRIORITY, Sort.OLDEST)),
        (UPDATED, True, (Sort.PRIORITY, Sort.OLDEST), (Sort.PRIORITY, None)),
        (PRIORITY, True, (Sort.PRIORITY, Sort.OLDEST), (Sort.PRIORITY, Sort.OLDEST)),
    ],
)
def test_a_head_gives_the_first_order_and_with_shift_the_second(sorts, second, before, after) -> None:
    query = TicketQuery(sort=before[0], then=before[1])
    assert clicked_order(sorts, query, second=second) == after
