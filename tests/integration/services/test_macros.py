"""Macros: kept, taken along as a text, and run over one or many tickets of several vendors."""

import asyncio
import random

import pytest

from deskhand.domain.capabilities import Feature
from deskhand.domain.commands import AddNote, Assign, ChangePriority, ChangeState, EditTags, SendReply
from deskhand.domain.ids import AccountId, TicketKey
from deskhand.domain.problems import Invalid
from deskhand.domain.threads import Delivery, Draft
from deskhand.domain.tickets import State
from deskhand.services.bulk_plan import BulkPlan, PlannedTicket
from deskhand.services.decisions import NotPossible
from deskhand.services.macro_runs import TOO_MANY_REPLIES, at_most
from deskhand.services.macro_steps import MacroStep, StepKind
from deskhand.services.macros import REFUSE, Macro, Macros
from deskhand.services.settings import Settings
from deskhand.services.ticket_commands import REPLY


def steps(**values: str) -> tuple[MacroStep, ...]:
    return tuple(MacroStep(StepKind(kind), value) for kind, value in values.items())


REFUND = steps(reply="Dear customer, your refund is on its way.", state="closed", add_tags="refund", read="")


async def run(harness, macro, keys):
    plan = await harness.services.macro_runs.plan(macro, keys)
    return plan, await harness.services.macro_runs.run(macro, plan)


async def items_of(harness, result):
    found = await harness.services.outbox.get_all(result.commands)
    return [found[command] for command in result.commands]


# --- kept ---


async def test_a_macro_is_there_after_a_restart_with_everything_that_was_chosen(start_services):
    harness, nexus = await start_services("nexuscore", run=False)
    macros = harness.services.macros
    made = await macros.create(
        "Refund", REFUND, key="Ctrl+1", colour="teal", icon="tag", lacking=REFUSE, accounts=(nexus.id,)
    )
    again = Settings(harness.store.settings)
    await again.load()
    assert Macros(again, harness.services.accounts, harness.services.later).all() == (made,)
    changed = await macros.change(made.id, name="Refunds", steps=(*REFUND[1:], REFUND[0]))
    assert changed.steps == REFUND
    assert macros.named("refunds") == changed
    assert macros.get(made.id) == changed
    other = await macros.create("Other", REFUND[1:])
    await macros.move(other.id, 0)
    assert [one.name for one in macros.all()] == ["Other", "Refunds"]
    await macros.remove(other.id)
    assert macros.all() == (changed,)


@pytest.mark.parametrize(
    ("name", "values", "said"),
    [
        ("", {}, "needs a name"),
        ("x" * 61, {}, "at most 60"),
        ("There", {}, "already"),
        ("A", {"lacking": "x"}, "lacking is"),
        ("A", {"colour": "mauve"}, "colour is one of"),
        ("A", {"steps": ()}, "no step"),
        ("A", {"steps": steps(later="someday maybe")}, "Step 1"),
    ],
)
async def test_what_is_wrong_with_a_macro_is_said_and_nothing_is_kept(start_services, name, values, said):
    harness, _ = await start_services("nexuscore", run=False)
    macros = harness.services.macros
    await macros.create("There", REFUND)
    given_steps = values.pop("steps", REFUND)
    with pytest.raises(Invalid) as wrong:
        await macros.create(name, given_steps, **values)
    assert said in str(wrong.value.detail)
    assert len(macros.all()) == 1
    assert said in macros.why_not(Macro("new", name, given_steps, **values))


async def test_macros_go_along_as_one_text_with_their_accounts_by_label(start_services):
    harness, nexus = await start_services("nexuscore", run=False)
    macros = harness.services.macros
    text = 'Line one\nline “two” \x7f "quoted"'
    await macros.create("Quotes \\ “x”", steps(reply=text, later_even_if_reply="tomorrow 9"), accounts=(nexus.id,))
    await macros.create("Second", REFUND, key="Ctrl+2", lacking=REFUSE)
    before, file = macros.all(), macros.export()
    done = await macros.take(file)
    assert (done.added, done.replaced, done.left_out) == ((), ("Quotes \\ “x”", "Second"), ())
    assert macros.all() == before
    for one in before:
        await macros.remove(one.id)
    elsewhere = file.replace('"nexuscore"', '"Nowhere"')
    done = await macros.take(elsewhere)
    assert done.added == ("Second",)
    assert "only for Nowhere" in done.left_out[0]


async def test_a_macro_from_a_file_takes_neither_the_name_nor_the_key_of_one_that_is_here(start_services):
    harness, _ = await start_services("nexuscore", run=False)
    macros = harness.services.macros
    await macros.create("Refund", REFUND, key="F7")
    await macros.create("Thanks", REFUND, key="F9")
    file = macros.export()
    thanks = macros.all()[1]
    await macros.change(thanks.id, name="Other", key="")
    kept = macros.all()
    file = file.replace('"refund"', '"refunded"').replace('key = "F9"', 'key = "F8"')
    done = await macros.take(file, beside=True, why_no_key=lambda one: "It is taken." if one.key == "F8" else "")
    assert (done.added, done.renamed) == (("Thanks",), (("Refund", "Refund 2"),))
    assert done.left_out == (
        "Refund: without its key F7. It is the key of “Refund”.",
        "Thanks: without its key F8. It is taken.",
    )
    assert macros.all()[:2] == kept
    assert [(one.name, one.key) for one in macros.all()[2:]] == [("Refund 2", ""), ("Thanks", "")]
    done = await macros.take(macros.export(), beside=True)
    assert (done.added, done.renamed, done.unchanged) == ((), (), ("Refund", "Other", "Refund 2", "Thanks"))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("version = 2", "version = 1"),
        ("= x", "no text of macros"),
        ("version = " + "9" * 5000, "no text of macros"),
        ("version = 1\nother = 2", "other"),
        ('version = 1\n[[macro]]\nicon = "x"', "has no name"),
        ('version = 1\n[[macro]]\nname = "a"\nodd = 1', "odd"),
        ('version = 1\n[[macro]]\nname = "a"\n[[macro.step]]\njump = "x"', "jump"),
        ('version = 1\n[[macro]]\nname = "a"\n[[macro.step]]\nread = false', "read is true"),
        ('version = 1\n[[macro]]\nname = "a"\n[[macro.step]]\nstate = 3', "state is a text"),
        ('version = 1\n[[macro]]\nname = "a"\n[[macro.step]]\nstate = "gone"', "A state is one of"),
        ('version = 1\n[[macro]]\nname = "a"\naccounts = "x"', "accounts is a list"),
        ("version = 1\nmacro = 3", "begins with [[macro]]"),
    ],
)
async def test_a_file_that_is_none_changes_nothing_and_says_why(start_services, text, said):
    harness, _ = await start_services("nexuscore", run=False)
    with pytest.raises(Invalid) as wrong:
        await harness.services.macros.take(text)
    assert said in str(wrong.value.detail)
    assert harness.services.macros.all() == ()


# --- run ---


async def test_all_steps_go_into_the_outbox_together_and_wait_for_the_reply(start_services):
    harness, nexus = await start_services("nexuscore")
    key = await harness.find_ticket(nexus)
    await harness.services.settings.set_undo_seconds(60)
    macro = Macro(
        "m", "Refund", (*REFUND, *steps(priority="high", assign="me", note="See order {number}", later="in 2 days"))
    )
    _, result = await run(harness, macro, [key])
    items = await items_of(harness, result)
    reply, *others = items
    assert isinstance(reply.command.action, SendReply)
    assert reply.delivery is Delivery.HELD
    assert {type(one.command.action) for one in others} <= {ChangeState, EditTags, ChangePriority, Assign, AddNote}
    assert len(others) >= 3
    assert {one.command.after for one in others} == {reply.command.id}
    view = await harness.view(key)
    assert view.later is not None
    assert result.before == {key: None}
    await harness.services.commands.send_now(reply.command.id)
    for one in items:
        await harness.wait_delivery(one.command.id)
    ticket = await harness.stored_ticket(key)
    assert ticket.state.is_done
    assert "refund" in ticket.tags


async def test_what_comes_after_a_reply_that_is_asked_about_waits(start_services):
    harness, nexus = await start_services("nexuscore")
    key = await harness.find_ticket(nexus)
    await harness.services.settings.set_undo_seconds(0)
    macro = Macro("m", "Refund", REFUND)
    plan = await harness.services.macro_runs.plan(macro, [key])
    harness.server(nexus).add_customer_message(key.remote, "One thing more")
    result = await harness.services.macro_runs.run(macro, plan)
    reply, *others = result.commands
    await harness.wait_delivery(reply, Delivery.NEEDS_DECISION)
    found = await harness.services.outbox.get_all(others)
    assert {item.delivery for item in found.values()} == {Delivery.QUEUED}
    assert not (await harness.stored_ticket(key)).state.is_done


async def test_what_a_vendor_lacks_is_left_out_and_said_or_stops_the_macro(start_services):
    harness, nexus, routera = await start_services("nexuscore", "routera")
    keys = [await harness.find_ticket(nexus), (await harness.ticket_keys(routera))[0]]
    runs = harness.services.macro_runs
    wish = (*steps(reply="Thanks, we look at it.", read=""),)
    plan = await runs.plan(Macro("m", "Thanks", wish), keys)
    first, second = plan.tickets
    assert first.left_out == ()
    assert [type(action) for action in first.actions] == [SendReply]
    assert second.actions == ()
    assert second.here.read
    assert "“reply “Thanks, we look at it.”” is left out." in second.left_out[0]
    assert plan.needs_confirmation  # what is left out is said before
    assert any("left out" in line for line in plan.left_lines)
    refusing = Macro("m", "Thanks", wish, lacking=REFUSE)
    plan = await runs.plan(refusing, keys)
    assert [one.is_changed for one in plan.tickets] == [True, False]
    assert "nothing of the macro is done" in runs.lacking(refusing)["routera"][0]
    assert "nexuscore" not in runs.lacking(refusing)
    view = await harness.view(keys[1])
    assert runs.why_not(refusing, view)
    assert "left out" in runs.preview(Macro("m", "Thanks", wish), view)


async def test_a_macro_is_run_only_at_the_accounts_that_it_is_for(start_services):
    harness, nexus, thena = await start_services("nexuscore", "thena")
    key = await harness.find_ticket(nexus)
    plan = await harness.services.macro_runs.plan(Macro("m", "Thena's", REFUND, accounts=(thena.id,)), [key])
    assert plan.changing == 0
    assert plan.refused == {"“Thena's” is not for nexuscore.": 1}


async def test_a_word_that_is_still_to_fill_in_stops_the_ticket(start_services):
    harness, nexus = await start_services("nexuscore")
    key = await harness.find_ticket(nexus)
    plan = await harness.services.macro_runs.plan(
        Macro("m", "M", steps(reply="Order {order_id}", state="closed")), [key]
    )
    assert plan.changing == 0
    assert plan.refused == {"Still to fill in: {order_id}.": 1}


async def test_a_vendors_own_word_is_a_state_where_it_has_it(start_services):
    harness, nexus, thena = await start_services("nexuscore", "thena")
    keys = [await harness.find_ticket(nexus), await harness.find_ticket(thena)]
    states = (await harness.view(keys[0])).states
    word = next(one.label for one in states if one.state is State.ON_HOLD or one.state is State.PENDING)
    plan = await harness.services.macro_runs.plan(Macro("m", "M", steps(vendor_state=word.upper(), read="")), keys)
    assert [type(action) for action in plan.tickets[0].actions] == [ChangeState]
    assert "no state" in plan.tickets[1].left_out[0] or plan.tickets[1].actions


def test_more_than_fifty_customers_are_not_answered_at_once():
    keys = [TicketKey(AccountId("a"), str(number)) for number in range(60)]
    plan = BulkPlan(lambda _view: NotPossible(""), tuple(PlannedTicket(key, (SendReply("Thanks"),)) for key in keys))
    few = at_most(plan, 50)
    assert few.answers == 50
    assert few.refused == {TOO_MANY_REPLIES: 10}
    assert [one.key for one in few.tickets if one.is_changed] == keys[:50]


async def test_a_draft_that_is_there_stays_as_it_is(start_services):
    harness, nexus = await start_services("nexuscore")
    key = await harness.find_ticket(nexus)
    draft = Draft(REPLY, "Half a sentence")
    await harness.services.drafts.save(key, draft)
    _, result = await run(harness, Macro("m", "M", steps(reply="Thanks.")), [key])
    assert len(result.commands) == 1
    assert (await harness.services.drafts.get(key, REPLY)).text == "Half a sentence"


async def test_each_tickets_own_words_go_to_that_ticket_only(start_services):
    harness, nexus, klant, thena = await start_services("nexuscore", "mijnklantportaal", "thena")
    accounts = (nexus, klant, thena)
    keys = [
        key
        for account in accounts
        for key in await harness.ticket_keys(account)
        if (view := await harness.view(key)).obstacle(Feature.REPLY) is None and view.ticket.number
    ]
    runs = harness.services.macro_runs

    async def one_round(chosen):
        plan = await runs.plan(Macro("m", "M", steps(reply="About {number}: {subject}")), chosen)
        for one in plan.tickets:
            if one.actions:
                (reply,) = one.actions
                ticket = (await harness.view(one.key)).ticket
                assert reply.text == f"About {ticket.number}: {' '.join(ticket.subject.split())}"
                assert reply.customer == ticket.requester

    dice = random.Random(7)  # noqa: S311 -- which tickets, not a secret
    for _ in range(10):
        await one_round(dice.sample(keys, min(len(keys), dice.randint(1, 12))))
    await harness.services.settings.set_undo_seconds(0)
    chosen = dice.sample(keys, min(len(keys), 9))
    _, result = await run(harness, Macro("m", "M", steps(reply="About {number}, kindly")), chosen)
    for command in result.commands:
        await harness.wait_delivery(command)
    for account in accounts:
        arrived = [entry for entry in harness.server(account).received() if entry["kind"] == "message"]
        wanted = {key.remote: (await harness.view(key)).ticket.number for key in chosen if key.account == account.id}
        assert {
            entry["ticket"]: entry["text"] for entry in arrived if "kindly" in entry["text"]
        }.keys() <= wanted.keys()
        for entry in arrived:
            assert f"About {wanted[entry['ticket']]}, kindly" in entry["text"]


async def test_a_change_of_many_gives_each_ticket_its_result(start_services):
    harness, nexus, routera = await start_services("nexuscore", "routera")
    await harness.services.settings.set_undo_seconds(60)
    keys = [await harness.find_ticket(nexus, skip=n) for n in range(4)] + [(await harness.ticket_keys(routera))[0]]
    macro = Macro("m", "Thanks", steps(reply="Thanks, {number}.", add_tags="thanked", later="tomorrow 9"))
    _, result = await run(harness, macro, keys)
    results = await harness.services.bulk_results.results(result.run)
    assert [one.ticket for one in results] == keys
    assert all("Away until" in one.said[0] for one in results)
    assert any("left out" in said for said in results[-1].said)


async def test_a_macro_that_is_run_twice_in_a_hurry_answers_once(start_services):
    harness, nexus = await start_services("nexuscore")
    key = await harness.find_ticket(nexus)
    macro = await harness.services.macros.create("Moved", steps(reply="It is on its way."))
    runs = harness.services.macro_runs
    first, second = [await runs.plan(macro, [key]) for _ in range(2)]
    assert len((await runs.run(macro, first)).changes) == 1
    for plan in (second, await runs.plan(macro, [key])):
        result = await runs.run(macro, plan)
        assert (result.changes, result.refused) == ((), ("The same reply is in the outbox already.",))


async def test_of_two_runs_at_the_same_time_one_answers(start_services):
    harness, nexus = await start_services("nexuscore")
    key = await harness.find_ticket(nexus)
    macro = await harness.services.macros.create("Moved", steps(reply="It is on its way."))
    runs = harness.services.macro_runs
    plans = await asyncio.gather(*(runs.plan(macro, [key]) for _ in range(4)))
    results = await asyncio.gather(*(runs.run(macro, plan) for plan in plans))
    assert sorted(len(result.changes) for result in results) == [0, 0, 0, 1]


async def test_of_two_runs_at_the_same_time_one_leaves_its_note(start_services):
    harness, thena = await start_services("thena")
    key = await harness.find_ticket(thena, Feature.NOTE)
    macro = await harness.services.macros.create("Told", steps(note="The customer called."))
    runs = harness.services.macro_runs
    plans = await asyncio.gather(*(runs.plan(macro, [key]) for _ in range(4)))
    results = await asyncio.gather(*(runs.run(macro, plan) for plan in plans))
    assert sorted(len(result.changes) for result in results) == [0, 0, 0, 1]
