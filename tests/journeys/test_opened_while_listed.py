"""A ticket that is opened while its list is still being counted stays open, whatever the list holds in the end."""

import pytest
from tests.helpers.app_driver import ProfileSetup, run_on_profile
from tests.helpers.journey_steps import open_plain_tickets, state_at_vendor, with_accounts
from tests.helpers.store_faults import stalled_outlines

from deskhand.domain.queries import Scope
from deskhand_sandbox.nexuscore.server import Server


@pytest.mark.parametrize("way", ["click", "link"])
async def test_a_ticket_that_leaves_the_list_before_that_is_counted_stays_open(
    server: Server, profile_setup: ProfileSetup, way: str
) -> None:
    ticket = next(one for one in open_plain_tickets(server) if state_at_vendor(server, one["id"]) == "open")
    async with run_on_profile(profile_setup, before=with_accounts((server, "Retail"))) as driver:
        await driver.wait_until(lambda: driver.wait_synced("Retail"))
        async with stalled_outlines(driver):
            driver.shell.lists.choose(Scope.OPEN)
            await driver.wait_until(
                lambda: any(ticket["subject"] in row for row in driver.row_texts()), "its first page"
            )
            if way == "click":
                driver.open_row(ticket["subject"])
            else:
                driver.shell.open_named(f"Retail/{ticket['id']}")
            await driver.wait_until(lambda: driver.subject == ticket["subject"], "it is open")
            driver.choose("State", "Resolved")
            await driver.wait_until(lambda: state_at_vendor(server, ticket["id"]) == "resolved", "it is done")
        await driver.wait_until(lambda: driver.shell.lists.count is not None, "the list is counted")
        await driver.process_events()
        assert driver.subject == ticket["subject"]
