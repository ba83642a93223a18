"""A colleague's link: copied here, opened there, from whichever side it comes; and what a page cannot do with one."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from PySide6.QtCore import QCoreApplication, Qt, QUrl
from PySide6.QtGui import QFileOpenEvent, QGuiApplication
from tests.helpers.app_driver import RULES, AppDriver, ProfileSetup, run_app, run_on_profile
from tests.helpers.journey_steps import (
    open_plain_tickets,
    open_record,
    open_ticket,
    open_tickets_with_messages,
    received_with_text,
    with_accounts,
)
from tests.helpers.narrowing import not_none
from tests.helpers.service_harness import ON_REQUEST
from tests.helpers.timeouts import WAIT_SECONDS
from tests.journeys.test_accounts import deskhand, window_start

from deskhand import bootstrap
from deskhand.domain.ids import TicketKey
from deskhand.domain.queries import Scope, TicketQuery
from deskhand.services.ticket_commands import Accepted
from deskhand.ui import app
from deskhand.ui.list.history import HistoryEntry
from deskhand_sandbox.sandbox import Sandbox, serving

UNHURRIED = bootstrap.Rules(pace=ON_REQUEST, reconcile=RULES.reconcile)
"""Looks at an account once, so that what comes to its vendor later is not stored here."""


@pytest.fixture
def box() -> Iterator[Sandbox]:
    with serving(tickets=100, only=("thena", "routera")) as made:
        yield made


def click(link: str) -> None:
    """Hand a link over as macOS does."""
    QCoreApplication.sendEvent(app.get_application(), QFileOpenEvent(QUrl(link)))


async def copied_link(driver: AppDriver) -> str:
    """Copy the link of the ticket that is open, and return it."""
    QGuiApplication.clipboard().setText("")
    driver.press("More actions")
    await driver.process_events()
    driver.choose_from_menu("Copy Deskhand link")
    await driver.wait_for_text("Copied.")
    return QGuiApplication.clipboard().text()


async def made_at_the_vendor(driver: AppDriver, label: str, subject: str) -> TicketKey:
    """Make a ticket in one account; others at the same vendor have not heard of it."""
    local = await unnamed(driver, label, subject)
    async with asyncio.timeout(WAIT_SECONDS):
        while (named := await driver.services.tickets.vendor_key(local)) is None:
            await driver.process_events()
    return named


async def test_a_link_copied_here_opens_the_ticket_at_a_colleague_who_calls_the_account_otherwise(
    box: Sandbox, tmp_path: Path
) -> None:
    thena, routera = box["thena"], box["routera"]
    ticket, record = open_tickets_with_messages(thena)[0], open_plain_tickets(routera)[0]
    mine = with_accounts((thena, "Platform"), (routera, "Onboarding"))
    async with run_on_profile(ProfileSetup(tmp_path / "mine"), before=mine) as driver:
        await driver.wait_until(lambda: driver.wait_synced("Platform") and driver.wait_synced("Onboarding"))
        await open_ticket(driver, ticket["subject"])
        link = await copied_link(driver)
        await open_record(driver, record["subject"])
        of_a_record = await copied_link(driver)
    assert link == f"deskhand:thena/{ticket['id']}"
    assert of_a_record == f"deskhand:routera/{record['id']}"
    theirs = with_accounts((thena, "Support desk"), (routera, "Vendors"))
    async with run_on_profile(ProfileSetup(tmp_path / "theirs"), before=theirs) as driver:
        await driver.wait_until(lambda: driver.wait_synced("Support desk") and driver.wait_synced("Vendors"))
        click(link)
        await driver.wait_until(lambda: driver.subject == ticket["subject"], "the ticket of the link is open")
        click(of_a_record)
        await driver.wait_until(
            lambda: driver.find_all("Record") and record["subject"] in driver.visible_text(driver.find("Record"))
        )


async def test_a_link_that_starts_the_program_is_opened_when_its_window_stands(box: Sandbox, tmp_path: Path) -> None:
    server, profile_setup = box["thena"], ProfileSetup(tmp_path / "profile")
    first, second, third = open_tickets_with_messages(server)[:3]
    async with run_on_profile(profile_setup, before=with_accounts((server, "Platform"))) as driver:
        await driver.wait_until(lambda: driver.wait_synced("Platform"))
    click(f"deskhand:thena/{first['id']}")
    click(f"DESKHAND://Thena/{second['id']}/")
    async with run_on_profile(profile_setup) as driver:
        await driver.wait_until(lambda: driver.subject == second["subject"], "the newest link is followed")
        await open_ticket(driver, third["subject"])
    async with run_on_profile(profile_setup) as driver:
        await driver.wait_until(lambda: driver.wait_synced("Platform"))
        await driver.wait_until(lambda: driver.subject == third["subject"], "the ticket that was read last")


async def test_the_command_line_brings_the_open_window_to_the_front_with_the_ticket(
    box: Sandbox, tmp_path: Path
) -> None:
    server, folder = box["thena"], tmp_path / "profile"
    folder.mkdir()
    words = tmp_path / "words"
    words.write_text("correct horse battery\n")
    start = window_start(folder, "--vault", "passphrase", "--passphrase-file", str(words))
    async with run_app(start.open, start.listen) as driver:
        await with_accounts((server, "Platform"))(driver.services)
        await driver.wait_until(lambda: driver.wait_synced("Platform"))
        await driver.wait_until(driver.row_texts, "the list is filled")
        assert driver.list.hasFocus(), (
            "the keyboard is where the question for an account was, and not in the search field"
        )
        ticket = open_tickets_with_messages(server)[0]
        driver.window.showMinimized()
        code, said = await deskhand(folder, f"DeskHand://thena/{ticket['id']}/")
        assert (code, said) == (0, "")
        assert not driver.window.windowState() & Qt.WindowState.WindowMinimized
        await driver.wait_until(lambda: driver.subject == ticket["subject"], "the ticket of the link is open")
        code, said = await deskhand(folder, f"deskhand:thena/{ticket['id']}?reply=Hello")
        assert (code, said) == (0, "")
        await driver.wait_for_text("This link names no ticket")
        code, said = await deskhand(folder, f"deskhand:thena/{ticket['id']}", "reply", "Platform/1", "--text", "Hello")
        assert code == 2
        assert not received_with_text(server, "Hello")


async def test_on_a_first_start_a_link_opens_the_window_which_says_that_no_account_fits(tmp_path: Path) -> None:
    async with run_on_profile(
        ProfileSetup(tmp_path / "profile"), options=app.WindowOptions(open="deskhand:thena/TKT-12")
    ) as driver:
        await driver.wait_for_text("No account fits “thena”.")
        assert driver.find("Add account").isVisible()
    picture = tmp_path / "window.png"
    code, said = await deskhand(
        tmp_path / "new", "--vault", "session", "--screenshot", str(picture), "deskhand:thena/TKT-12"
    )
    assert (code, said, picture.exists()) == (0, "", True)


async def test_of_several_accounts_the_one_that_knows_the_ticket_opens_it(box: Sandbox, tmp_path: Path) -> None:
    server = box["thena"]
    both = with_accounts((server, "Platform"), (server, "Second desk"))
    async with run_on_profile(ProfileSetup(tmp_path / "profile"), rules=UNHURRIED, before=both) as driver:
        await driver.wait_until(lambda: driver.wait_synced("Platform") and driver.wait_synced("Second desk"))
        made = await made_at_the_vendor(driver, "Second desk", "Only one of them has heard of me")
        click(f"deskhand:thena/{made.remote}")
        await driver.wait_until(lambda: driver.subject == "Only one of them has heard of me")
        assert driver.find_all("Account Thena · Second desk")
        click(f"deskhand:platform/{made.remote}")
        await driver.wait_until(lambda: driver.find_all("Account Thena · Platform"))
        assert driver.subject == "Only one of them has heard of me", "asked of the vendor, by the account's own name"


async def test_where_two_accounts_know_the_ticket_the_window_says_which_one_is_shown(
    box: Sandbox, tmp_path: Path
) -> None:
    server = box["thena"]
    ticket = open_tickets_with_messages(server)[0]
    both = with_accounts((server, "Platform"), (server, "Second desk"))
    async with run_on_profile(ProfileSetup(tmp_path / "profile"), before=both) as driver:
        await driver.wait_until(lambda: driver.wait_synced("Platform") and driver.wait_synced("Second desk"))
        click(f"deskhand:thena/{ticket['id']}")
        await driver.wait_for_text("This is the ticket of Platform; Second desk has one of this name too.")
        await driver.wait_until(lambda: driver.find_all("Account Thena · Platform"))
        driver.press("Show that one")
        await driver.wait_for_text("This is the ticket of Second desk; Platform has one of this name too.")
        await driver.wait_until(lambda: driver.find_all("Account Thena · Second desk"))


async def test_a_link_takes_no_ticket_away_that_is_being_written_to(box: Sandbox, tmp_path: Path) -> None:
    server = box["thena"]
    first, second = open_tickets_with_messages(server)[:2]
    async with run_on_profile(ProfileSetup(tmp_path / "profile"), before=with_accounts((server, "Platform"))) as driver:
        await driver.wait_until(lambda: driver.wait_synced("Platform"))
        await open_ticket(driver, first["subject"])
        driver.type_into("Reply", "We send a ")
        click(f"deskhand:thena/{second['id']}")
        await driver.wait_for_text(f"A link leads to “thena/{second['id']}”.")
        driver.type("new one")
        assert driver.subject == first["subject"]
        assert driver.text_edit("Reply").toPlainText() == "We send a new one"
        driver.press("Open it")
        await driver.wait_until(lambda: driver.subject == second["subject"], "it is open")
        assert driver.text_edit("Reply").toPlainText() == ""
        await open_ticket(driver, first["subject"])
        await driver.wait_until(
            lambda: driver.text_edit("Reply").toPlainText() == "We send a new one", "nothing typed is lost"
        )
    assert not server.received()


async def test_an_answer_that_comes_while_a_reply_is_typed_waits_for_the_agent(box: Sandbox, tmp_path: Path) -> None:
    server = box["thena"]
    ticket = open_tickets_with_messages(server)[0]
    both = with_accounts((server, "Platform"), (server, "Second desk"))
    async with run_on_profile(ProfileSetup(tmp_path / "profile"), rules=UNHURRIED, before=both) as driver:
        await driver.wait_until(lambda: driver.wait_synced("Platform") and driver.wait_synced("Second desk"))
        made = await made_at_the_vendor(driver, "Second desk", "Asked for, and answered late")
        await open_ticket(driver, ticket["subject"])
        server.faults.latency(3)  # long enough to type meanwhile, however busy the machine is
        click(f"deskhand:Platform/{made.remote}")
        await driver.wait_for_text("Asking for “Platform/")
        driver.type_into("Reply", "Dear")
        await driver.wait_for_text("A link leads to “Platform/")
        assert driver.subject == ticket["subject"]
        assert driver.focused == "Reply"
        server.faults.clear()
        driver.press("Open it")
        await driver.wait_until(lambda: driver.subject == "Asked for, and answered late")


async def test_what_a_page_made_up_is_answered_with_one_plain_sentence(box: Sandbox, tmp_path: Path) -> None:
    server = box["thena"]
    story = "<b>Your password has expired</b>, call this number at once: +31 20 000 00 00"
    async with run_on_profile(ProfileSetup(tmp_path / "profile"), before=with_accounts((server, "Platform"))) as driver:
        await driver.wait_until(lambda: driver.wait_synced("Platform"))
        for link in (
            "deskhand:",
            "deskhand:thena",
            "deskhand:thena/1?reply=Hello",
            "deskhand:thena/1/reply",
            "deskhand:thena/%E2%80%AE1",
            "deskhand:thena/" + "1" * 5_000,
        ):
            driver.shell.status.clear_message()
            click(link)
            await driver.wait_until(
                lambda: driver.shell.status.message == "This link names no ticket, so nothing was opened."
            )
        click(f"deskhand:{quote(story, safe='')}/1")
        await driver.wait_until(lambda: driver.shell.status.message.startswith("No account fits “<b>Your password"))
        assert "number" not in driver.shell.status.message
        click(f"deskhand:thena/{quote(story, safe='')}")
        await driver.wait_until(
            lambda: (
                driver.shell.status.message == "“thena/<b>Your password has expired</b>, call th…” is not known here."
            )
        )
        server.faults.status(500, times=None)
        click("deskhand:thena/TKT-404")
        await driver.wait_for_text("“thena/TKT-404” is not known here. Thena has a problem of its own")
        assert driver.subject == ""
    assert not server.received()


async def test_an_account_that_is_paused_is_not_asked(box: Sandbox, tmp_path: Path) -> None:
    server = box["thena"]
    async with run_on_profile(ProfileSetup(tmp_path / "profile"), before=with_accounts((server, "Platform"))) as driver:
        await driver.wait_until(lambda: driver.wait_synced("Platform"))
        account = driver.services.accounts.labelled("Platform")
        assert account is not None
        await driver.services.accounts.pause(account.id, paused=True)
        click("deskhand:thena/TKT-404")
        await driver.wait_for_text("“thena/TKT-404” is not known here. Platform is paused.")


async def test_the_palette_copies_the_link_too_and_says_why_where_there_is_none_yet(
    box: Sandbox, tmp_path: Path
) -> None:
    server = box["thena"]
    async with run_on_profile(ProfileSetup(tmp_path / "profile"), before=with_accounts((server, "Platform"))) as driver:
        await driver.wait_until(lambda: driver.wait_synced("Platform"))
        ticket = open_tickets_with_messages(server)[0]
        await open_ticket(driver, ticket["subject"])
        await in_palette(driver, "link, for colleagues")
        driver.key("Return")
        await driver.wait_for_text("Copied.")
        assert QGuiApplication.clipboard().text() == f"deskhand:thena/{ticket['id']}"
        server.faults.status(503, times=None)
        driver.shell.lists.open(await unnamed(driver, "Platform", "Still without an id"))
        await driver.wait_until(lambda: driver.subject == "Still without an id")
        driver.press("More actions")
        await driver.process_events()
        assert "Copy Deskhand link Thena has not confirmed this ticket yet." in driver.menu_text()
        driver.key("Esc")
        await in_palette(driver, "link, for colleagues")
        await driver.wait_for_text("Thena has not confirmed this ticket yet.")
        driver.key("Esc")


async def in_palette(driver: AppDriver, text: str) -> None:
    driver.key("Ctrl+K")
    await driver.wait_for_dialog("Commands")
    driver.type(text)
    await driver.wait_for_text("Deskhand link")


async def unnamed(driver: AppDriver, label: str, subject: str) -> TicketKey:
    """Make a ticket, which has no id until its vendor answers."""
    account = driver.services.accounts.labelled(label)
    assert account is not None
    assert account.capabilities is not None
    needed = [one for one in account.capabilities.create_form if one.required]
    form = {one.name: one.choices[0][0] if one.choices else "someone@example.com" for one in needed}
    outcome = await driver.services.commands.create(account.id, form | {"title": subject}, subject)
    assert isinstance(outcome, Accepted)
    assert outcome.ticket is not None
    return outcome.ticket


async def test_a_link_that_comes_while_another_list_is_being_shown_opens_its_ticket(
    box: Sandbox, tmp_path: Path
) -> None:
    """That list does not hold the ticket, and closed it as one that was open in the list before."""
    ticket = open_tickets_with_messages(box["thena"])[0]
    async with run_on_profile(
        ProfileSetup(tmp_path / "profile"), before=with_accounts((box["thena"], "Platform"))
    ) as driver:
        await driver.wait_until(lambda: driver.wait_synced("Platform"))
        lists, account = driver.shell.lists, not_none(driver.services.accounts.labelled("Platform"))
        lists.show(TicketQuery(Scope.OUTBOX))
        lists.open(TicketKey(account.id, ticket["id"]))
        await lists._settle(lists.query)  # the list is there before the ticket was looked for in it
        await driver.wait_until(lambda: driver.subject == ticket["subject"], "the ticket is open")
        await driver.process_events()
        assert driver.subject == ticket["subject"]
        assert lists.query.scope is Scope.ALL


async def test_the_way_back_to_a_ticket_that_left_its_list_opens_it(box: Sandbox, tmp_path: Path) -> None:
    ticket, other = open_tickets_with_messages(box["thena"])[:2]
    async with run_on_profile(
        ProfileSetup(tmp_path / "profile"), before=with_accounts((box["thena"], "Platform"))
    ) as driver:
        await driver.wait_until(lambda: driver.wait_synced("Platform"))
        lists, account = driver.shell.lists, not_none(driver.services.accounts.labelled("Platform"))
        for one in (ticket, other):
            await open_ticket(driver, one["subject"])
        lists.show(TicketQuery(Scope.OUTBOX))
        await driver.wait_until(lambda: not driver.subject, "a list without it closes it")
        lists.history.visit(HistoryEntry(TicketQuery(Scope.OUTBOX), TicketKey(account.id, ticket["id"])))
        lists.history.visit(HistoryEntry(TicketQuery(Scope.ALL), TicketKey(account.id, other["id"])))
        lists.show(TicketQuery(Scope.ALL))
        lists.go(-1)
        await lists._settle(lists.query)  # the list is there before the ticket was looked for in it
        await driver.wait_until(lambda: driver.subject == ticket["subject"], "the ticket is open")
