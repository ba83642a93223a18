"""The window opens with who waits for us, the longest wait first; who is answered leaves the view."""

from pathlib import Path

from tests.helpers.app_driver import ProfileSetup, run_on_profile
from tests.helpers.journey_steps import open_tickets_with_messages, with_accounts

from deskhand.domain.going_on import GoOn
from deskhand.domain.queries import Scope, Sort, TicketQuery
from deskhand.domain.tickets import TicketRow, Turn
from deskhand_sandbox.sandbox import serving


async def test_the_longest_wait_is_first_and_leaves_when_it_is_answered(tmp_path: Path) -> None:
    with serving(tickets=40, only=("nexuscore",)) as box:
        server = box["nexuscore"]
        profile_setup = ProfileSetup(tmp_path / "profile")
        async with run_on_profile(
            profile_setup, before=with_accounts((server, "Retail EU")), undo_seconds=0, after_sending=GoOn.STAY
        ) as driver:
            await driver.wait_until(lambda: driver.wait_synced("Retail EU"))
            query = driver.shell.lists.query
            assert query == TicketQuery(Scope.WAITING_FOR_US, sort=Sort.WAITING)

            def waiting() -> list[str]:
                return [row.key.remote for row in driver.services.lists.first_page(query, 200)]

            talked = [ticket["id"] for ticket in open_tickets_with_messages(server)]
            await driver.wait_until(
                lambda: set(waiting()) & set(talked), "a conversation was read in which somebody waits"
            )
            rows = driver.services.lists.first_page(query, 200)
            assert {row.turn for row in rows} == {Turn.US}
            since = [row.waiting_since for row in rows if row.waiting_since is not None]
            assert since == sorted(since)

            def longest() -> TicketRow:
                """Return who waits longest as it is known now: conversations are still being read."""
                return driver.services.lists.first_page(query, 1)[0]

            await driver.wait_until(lambda: driver.row_texts() and longest().subject in driver.row_texts()[0])
            first = longest()
            driver.open_row(first.subject)
            await driver.wait_until(lambda: driver.subject == first.subject)
            await driver.wait_until(lambda: driver.find_all("Reply box"))
            driver.type_into("Reply", "We have sent a new one today.")
            driver.press("Send")
            await driver.wait_until(lambda: first.key.remote not in waiting(), "who was answered leaves the view")
            (answered,) = driver.services.lists.rows([first.key])
            assert answered.turn is Turn.THEM
