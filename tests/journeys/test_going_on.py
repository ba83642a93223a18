"""What comes after a ticket that is dealt with: the next in the order on the screen, the same one, or the list, as it is set."""

import re
from functools import partial
from statistics import median
from typing import Any

import pytest
from PySide6.QtWidgets import QTextEdit
from tests.helpers.app_driver import AppDriver, ProfileSetup, run_on_profile
from tests.helpers.journey_steps import (
    open_plain_tickets,
    open_ticket,
    open_tickets_with_messages,
    received_with_text,
    with_accounts,
)

from deskhand.domain.capabilities import Feature
from deskhand.domain.going_on import GoOn
from deskhand.domain.ids import AccountId
from deskhand.domain.queries import Sort
from deskhand.services.ticket_actions import closing_state
from deskhand.services.tickets import TicketView
from deskhand_sandbox.nexuscore.server import Server
from deskhand_sandbox.sandbox import serving

ANSWER = "It is on its way to you."


def marked(driver: AppDriver) -> str:
    """Return the subject of the row that is marked."""
    model, current = driver.shell.lists.tickets.model, driver.list.currentIndex()
    row = model.row(current.row())
    return row.subject if row is not None else ""


async def reply(driver: AppDriver, text: str) -> None:
    driver.key("R")
    await driver.wait_until(lambda: driver.focused == "Reply", "the reply has the keyboard")
    driver.type(text)


def follows(driver: AppDriver, subject: str) -> str:
    """Return what the row behind the one of this subject says."""
    said = driver.row_texts()
    return said[next(i for i, one in enumerate(said) if subject in one) + 1]


@pytest.mark.parametrize("vendor", ["nexuscore", "thena"])
async def test_by_keyboard_a_reply_leads_to_the_next_ticket_in_the_order_seen_and_undo_leads_back(
    profile_setup: ProfileSetup, vendor: str
) -> None:
    with serving(tickets=40, only=(vendor,)) as box:
        server = box[vendor]
        ticket = open_plain_tickets(server)[0]
        async with run_on_profile(profile_setup, before=with_accounts((server, "Desk"))) as driver:
            await driver.wait_until(lambda: driver.wait_synced("Desk"))
            await open_ticket(driver, ticket["subject"])
            after = follows(driver, ticket["subject"])
            await reply(driver, ANSWER)
            assert driver.find_all("Send and next"), "the main button says what comes"
            driver.key("Ctrl+Return")
            await driver.wait_until(lambda: driver.subject and driver.subject in after, "the next is open")
            assert not isinstance(driver.window.focusWidget(), QTextEdit), "J, E and R are commands there"
            assert marked(driver) in after, "its row is marked"
            driver.key("Z")
            await driver.wait_for_text("It was taken back")
            await driver.wait_until(lambda: driver.subject == ticket["subject"], "the ticket is open again")
            await driver.wait_until(lambda: driver.text_edit("Reply").toPlainText() == ANSWER, "with its text")
            await driver.wait_until(lambda: driver.focused == "Reply", "and the keyboard in it")
            assert marked(driver) == ticket["subject"]
            assert not received_with_text(server, ANSWER)


async def test_by_mouse_sending_with_a_state_and_closing_lead_on_and_back_to_the_list_as_set(
    server: Server, profile_setup: ProfileSetup
) -> None:
    first, second = open_tickets_with_messages(server)[:2]
    async with run_on_profile(profile_setup, undo_seconds=0, before=with_accounts((server, "Retail"))) as driver:
        await driver.wait_until(lambda: driver.wait_synced("Retail"))
        await open_ticket(driver, first["subject"])
        after = follows(driver, first["subject"])
        driver.type_into("Reply", ANSWER)
        driver.press("Send and set state")
        driver.choose_from_menu("Send and set resolved")
        await driver.wait_until(lambda: driver.subject and driver.subject in after, "the next is open")
        await driver.wait_until(lambda: received_with_text(server, ANSWER), "it arrived")
        driver.key("Ctrl+,")
        await driver.wait_for_dialog("Settings")
        driver.choose("after sending", "Stay")
        driver.choose("after closing", "Back to the list")
        driver.press("Close")
        await driver.wait_until(lambda: not driver.in_dialog, "the settings are gone")
        await open_ticket(driver, second["subject"])
        driver.type_into("Reply", ANSWER + " Again.")
        driver.press("Send")
        await driver.wait_until(lambda: received_with_text(server, ANSWER + " Again."), "it arrived")
        assert driver.subject == second["subject"]
        driver.key("E")
        await driver.wait_until(lambda: driver.focused == "Tickets", "the list has the keyboard")


async def test_a_ticket_that_is_written_to_stays_in_front_when_it_is_closed(
    server: Server, profile_setup: ProfileSetup
) -> None:
    ticket = open_tickets_with_messages(server)[0]
    async with run_on_profile(profile_setup, before=with_accounts((server, "Retail"))) as driver:
        await driver.wait_until(lambda: driver.wait_synced("Retail"))
        await open_ticket(driver, ticket["subject"])
        await reply(driver, "Half a sentence")
        driver.key("Esc", "E")
        await driver.wait_for_text("Undo")
        await driver.process_events()
        assert driver.subject == ticket["subject"]


async def test_back_and_forward_go_through_what_was_open(server: Server, profile_setup: ProfileSetup) -> None:
    first, second = open_tickets_with_messages(server)[:2]
    async with run_on_profile(profile_setup, before=with_accounts((server, "Retail"))) as driver:
        await driver.wait_until(lambda: driver.wait_synced("Retail"))
        await open_ticket(driver, first["subject"])
        await open_ticket(driver, second["subject"])
        driver.key("Alt+Left")
        await driver.wait_until(lambda: driver.subject == first["subject"], "the one before")
        driver.key("Alt+Right")
        await driver.wait_until(lambda: driver.subject == second["subject"], "the one after")


async def test_by_mouse_the_menu_of_send_offers_the_other_ways_for_once(
    server: Server, profile_setup: ProfileSetup
) -> None:
    first, second = open_tickets_with_messages(server)[:2]
    async with run_on_profile(profile_setup, undo_seconds=0, before=with_accounts((server, "Retail"))) as driver:
        await driver.wait_until(lambda: driver.wait_synced("Retail"))
        await open_ticket(driver, first["subject"])
        driver.type_into("Reply", ANSWER)
        driver.press("Send and set state")
        driver.choose_from_menu("Send and stay")
        await driver.wait_until(lambda: received_with_text(server, ANSWER), "it arrived")
        await driver.process_events()
        assert driver.subject == first["subject"]
        await open_ticket(driver, second["subject"])
        driver.type_into("Reply", ANSWER + " Again.")
        driver.press("Send and set state")
        driver.choose_from_menu("Send and back")
        await driver.wait_until(lambda: driver.window.focusWidget() is driver.list, "the list has the keyboard")


@pytest.mark.parametrize(
    ("keys", "leads"), [("Ctrl+Shift+N", GoOn.NEXT), ("Ctrl+Shift+S", GoOn.STAY), ("Ctrl+Shift+B", GoOn.BACK)]
)
async def test_by_key_a_reply_goes_on_otherwise_for_once(
    server: Server, profile_setup: ProfileSetup, keys: str, leads: GoOn
) -> None:
    ticket = open_tickets_with_messages(server)[0]
    other = GoOn.BACK if leads is GoOn.STAY else GoOn.STAY
    async with run_on_profile(
        profile_setup, undo_seconds=0, after_sending=other, before=with_accounts((server, "Retail"))
    ) as driver:
        await driver.wait_until(lambda: driver.wait_synced("Retail"))
        await open_ticket(driver, ticket["subject"])
        after = follows(driver, ticket["subject"])
        await reply(driver, ANSWER)
        driver.key(keys)
        await driver.wait_until(lambda: received_with_text(server, ANSWER), "it arrived")
        match leads:
            case GoOn.NEXT:
                await driver.wait_until(lambda: driver.subject and driver.subject in after, "the next is open")
            case GoOn.BACK:
                await driver.wait_until(lambda: driver.focused == "Tickets", "the list has the keyboard")
            case GoOn.STAY:
                await driver.process_events()
                assert driver.subject == ticket["subject"]
                assert driver.focused != "Tickets"


async def test_an_undo_takes_no_ticket_away_that_is_written_to(server: Server, profile_setup: ProfileSetup) -> None:
    ticket = open_tickets_with_messages(server)[0]
    async with run_on_profile(profile_setup, undo_seconds=60, before=with_accounts((server, "Retail"))) as driver:
        await driver.wait_until(lambda: driver.wait_synced("Retail"))
        await open_ticket(driver, ticket["subject"])
        await reply(driver, ANSWER)
        driver.key("Ctrl+Return")
        await driver.wait_until(lambda: driver.subject and driver.subject != ticket["subject"], "the next is open")
        other = driver.subject
        await reply(driver, "For the next one")
        driver.press("Undo")
        await driver.wait_for_text("It was taken back")
        assert driver.subject == other
        assert driver.text_edit("Reply").toPlainText() == "For the next one"
        driver.press("Go back")
        await driver.wait_until(lambda: driver.subject == ticket["subject"], "the ticket is open again")
        await driver.wait_until(lambda: driver.text_edit("Reply").toPlainText() == ANSWER, "with its text")


def shows_only(driver: AppDriver, account: AccountId) -> bool:
    """Tell whether the list holds tickets of this account, and of no other."""
    model = driver.shell.lists.tickets.model
    rows = [model.cached_row(at) for at in range(min(model.rowCount(), 6))]
    return len(rows) == 6 and all(row is not None and row.key.account == account for row in rows)


class CountingKeys:
    """Presses keys, and counts those that are no part of a text."""

    def __init__(self, driver: AppDriver) -> None:
        self._driver = driver
        self.pressed = 0

    def press(self, *keys: str) -> None:
        self.pressed += len(keys)
        self._driver.key(*keys)


def answers(received: dict[str, Any]) -> list[str]:
    """Return the answers in a message as a vendor got it, which may be with paragraphs as HTML."""
    return re.findall(r"Answer \d+\.", str(received["text"]))


FOUR = ("nexuscore", "thena", "mijnklantportaal", "routera")


def can_be_dealt_with(shown: TicketView) -> bool:
    """Tell whether a ticket can be answered; a record, which takes no answer, can be closed where its pipeline has such a stage."""
    if shown.has_conversation:
        return not shown.why_not(Feature.REPLY)
    return closing_state(shown.ticket, shown.capabilities) is not None


async def test_a_working_day_takes_at_most_three_keys_per_ticket_beside_the_text(profile_setup: ProfileSetup) -> None:
    """Five tickets of each of four vendors: answered, every fifth closed with it, and records, which take no answer, closed."""
    counts: list[int] = []
    with serving(tickets=100, only=FOUR) as box:
        accounts = with_accounts(*((box[vendor], vendor.title()) for vendor in FOUR))
        async with run_on_profile(profile_setup, undo_seconds=1, before=accounts) as driver:
            await driver.wait_until(lambda: all(driver.wait_synced(vendor.title()) for vendor in FOUR), "all four")
            keys, seen = CountingKeys(driver), set[str]()

            def view() -> TicketView | None:
                """Return the ticket that is open, once it is another one."""
                shown = driver.shell.ticket.current()
                return shown if shown is not None and str(shown.ticket.key) not in seen else None

            for number, vendor in enumerate(FOUR, start=1):
                keys.press(f"Ctrl+{number}")
                account = driver.services.accounts.labelled(vendor.title())
                assert account is not None
                await driver.wait_until(partial(shows_only, driver, account.id), "the account's list is there")
                keys.press("J")
                for _ in range(5):
                    await driver.wait_until(view, "the next ticket is open")
                    while (shown := view()) is not None and not can_be_dealt_with(shown):
                        seen.add(str(shown.ticket.key))
                        keys.press("J")
                        await driver.wait_until(view, "the one after it is open")
                    assert shown is not None
                    seen.add(str(shown.ticket.key))
                    if vendor == "routera":
                        keys.press("E")
                    else:
                        keys.press("R")
                        await driver.wait_until(lambda: driver.focused == "Reply", "the reply has the keyboard")
                        driver.type(f"Answer {len(counts)}.")
                        closes = len(counts) % 5 == 4 and not shown.why_not(Feature.STATE)
                        keys.press("Ctrl+Shift+Return" if closes else "Ctrl+Return")
                    counts.append(keys.pressed)
                    keys.pressed = 0
            await driver.services.engine.drain(60)
        arrived = [
            answer for vendor in FOUR for one in received_with_text(box[vendor], "Answer ") for answer in answers(one)
        ]
    assert sorted(arrived) == sorted(f"Answer {number}." for number in range(15)), "each answer arrived once"
    assert len(counts) == 20
    assert median(counts) <= 3, counts


async def test_the_next_ticket_is_the_one_that_came_next_when_send_was_pressed(
    server: Server, profile_setup: ProfileSetup
) -> None:
    """A list in the order of changes is another one once the reply is stored: what was answered before stands on top of it."""
    async with run_on_profile(profile_setup, undo_seconds=0, before=with_accounts((server, "Retail"))) as driver:
        await driver.wait_until(lambda: driver.wait_synced("Retail"))
        driver.press("All tickets")
        await driver.wait_until(lambda: len(driver.row_texts()) > 6, "the list of all")
        await open_ticket(driver, open_tickets_with_messages(server)[2]["subject"])
        after = follows(driver, driver.subject)
        await reply(driver, ANSWER)
        driver.key("Ctrl+Return")
        driver.shell._list_pane.filters.changed.emit(Sort.OLDEST, (), (), "", False)
        await driver.wait_until(lambda: marked(driver) and marked(driver) in after, "the next is open")
        await driver.wait_until(lambda: received_with_text(server, ANSWER), "it arrived")
        await driver.wait_until(lambda: driver.subject and driver.subject in after, "it is on screen")


async def test_a_ticket_that_was_answered_before_is_passed_over_until_its_customer_writes(
    server: Server, profile_setup: ProfileSetup
) -> None:
    """Tickets are answered from below; each stands on top then, and the next in the order is one that was answered already."""
    async with run_on_profile(profile_setup, undo_seconds=0, before=with_accounts((server, "Retail"))) as driver:
        await driver.wait_until(lambda: driver.wait_synced("Retail"))
        driver.press("All tickets")
        await driver.wait_until(lambda: len(driver.row_texts()) > 6, "the list of all")
        plain = open_plain_tickets(server)[:3]
        answered = [one["subject"] for one in plain]
        for subject in answered:
            text = f"{ANSWER} {subject}"
            await open_ticket(driver, subject)
            await reply(driver, text)
            driver.key("Ctrl+Shift+S")
            await driver.wait_until(partial(received_with_text, server, text), "it arrived")

        def stand_on_top() -> bool:
            """Tell whether the list begins with them, the one that was answered last first."""
            return all(one in row for one, row in zip(reversed(answered), driver.row_texts(), strict=False))

        await driver.wait_until(stand_on_top, "in the order of changes")
        untouched = driver.row_texts()[3]
        await reply(driver, "One more thing.")
        driver.key("Ctrl+Return")
        await driver.wait_until(lambda: driver.subject != answered[-1], "the next is open")
        assert driver.subject in untouched

        # Once its customer writes, the one that was answered first is a next ticket again; of the others none is.
        server.add_customer_message(plain[0]["id"], "It has not come.")
        await driver.wait_until(lambda: any("It has not come." in row for row in driver.row_texts()), "it is read in")
        current = driver.subject
        await reply(driver, "To be on top.")
        driver.key("Ctrl+Shift+S")
        await driver.wait_until(lambda: current in driver.row_texts()[0], "in the order of changes")
        await reply(driver, "And on.")
        driver.key("Ctrl+Return")
        await driver.wait_until(lambda: driver.subject == answered[0], "the one that waits again is open")
