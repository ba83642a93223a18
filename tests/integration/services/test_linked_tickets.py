"""Linked work: tickets of two vendors that belong together, found, linked, shown at both, undone."""

from deskhand.domain.capabilities import Feature
from deskhand.domain.ticket_links import LinkKind, TicketLink
from deskhand.services.undo_steps import LinkPart, step


async def pair(harness, nexus, thena):
    return await harness.find_ticket(nexus, Feature.STATE), await harness.find_ticket(thena, Feature.STATE)


async def test_a_link_between_two_vendors_is_shown_at_both_with_state_and_account_and_is_undone(start_services):
    harness, nexus, thena = await start_services("nexuscore", "thena")
    one, other = await pair(harness, nexus, thena)
    linked, undo = harness.services.linked, harness.services.undo
    link = TicketLink(one, other)
    assert await linked.why_not(one, other) == ""
    await linked.set([link], made=True)
    undo.record(step(linked.said_of([link], made=True), (LinkPart((link,), made=True),)))
    assert undo.done[0].what.startswith("Linked “")
    assert " at thena" in undo.done[0].what
    (there,) = await linked.of(one)
    (here,) = await linked.of(other)
    assert (there.key, here.key) == (other, one)
    assert there.row is not None
    assert there.account == harness.services.accounts.get(thena.id)
    assert there.said == ""
    assert await linked.why_not(other, one) == "They are linked already."
    assert await linked.why_not(one, one) == "A ticket cannot be linked with itself."
    assert (await undo.undo()).is_done
    assert await linked.of(one) == ()
    assert (await undo.redo()).is_done
    assert [end.key for end in await linked.of(other)] == [one]


async def test_what_was_removed_with_its_account_is_named(start_services):
    harness, nexus, thena = await start_services("nexuscore", "thena")
    one, other = await pair(harness, nexus, thena)
    await harness.services.linked.set([TicketLink(one, other, LinkKind.SUB_TICKET)], made=True)
    (main,) = await harness.services.linked.of(other)
    assert main.said == "main ticket"
    (sub,) = await harness.services.linked.of(one)
    assert sub.said == "sub-ticket"
    await harness.services.accounts.remove(thena.id)
    (gone,) = await harness.services.linked.of(one)
    assert gone.row is None
    assert gone.account is None
    assert gone.said == "of thena, an account that was removed"


async def test_tickets_are_found_by_text_and_those_that_are_linked_are_not_offered_again(start_services):
    harness, nexus, thena = await start_services("nexuscore", "thena")
    one, other = await pair(harness, nexus, thena)
    linked, view = harness.services.linked, await harness.view(one)
    subject = (await harness.view(other)).ticket.subject
    assert other in [row.key for row in await linked.offered(view, subject)]
    assert one not in [row.key for row in await linked.offered(view, view.ticket.subject)]
    await linked.set([TicketLink(other, one)], made=True)
    assert other not in [row.key for row in await linked.offered(view, subject)]
    assert one not in [row.key for row in await linked.offered(view, "")]
