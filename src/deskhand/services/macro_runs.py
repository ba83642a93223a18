"""What a macro means for a ticket, and how it is run over one or many: planned, asked about, put into the outbox together."""

from collections.abc import Mapping, Sequence

from deskhand.content.placeholders import placeholders
from deskhand.domain import wording
from deskhand.domain.capabilities import Capabilities
from deskhand.domain.commands import Action, AddNote, SendReply
from deskhand.domain.ids import AccountId, TicketKey
from deskhand.domain.later import LaterMark
from deskhand.domain.tickets import Person, Priority, State

from .accounts import Accounts
from .bulk import Bulk, BulkResult
from .bulk_plan import BulkPlan
from .decisions import AlreadySet, DecideAction, DecideTogether, Decision, Here, NotPossible, Together
from .later import Later
from .macro_steps import FEATURES, ME, NOBODY, ON_REPLY, MacroStep, StepKind, tags_of
from .macros import REFUSE, Macro
from .snippets import filled
from .ticket_actions import assign_to, assign_to_me, change_tags, change_to_priority, change_to_state, choose_state
from .ticket_commands import TicketCommands
from .tickets import TicketView

MOST_REPLIES = 50
"""Customers that are answered at once: more is a mailing, and a mistake in it cannot be called back."""

TOO_MANY_REPLIES = f"At most {MOST_REPLIES} customers are answered at once."


class MacroRuns:
    """Plans and runs macros."""

    def __init__(self, bulk: Bulk, commands: TicketCommands, accounts: Accounts, later: Later) -> None:
        self._bulk = bulk
        self._commands = commands
        self._accounts = accounts
        self._later = later

    def decide(self, macro: Macro) -> DecideTogether:
        """Return what a macro means for a ticket."""
        return lambda view: self._decided(macro, view)

    async def plan(self, macro: Macro, keys: Sequence[TicketKey]) -> BulkPlan:
        """Look at what would become of tickets; nothing is changed."""
        return at_most(await self._bulk.plan(keys, self.decide(macro)), MOST_REPLIES)

    async def run(self, macro: Macro, plan: BulkPlan) -> BulkResult:
        """Do what was planned."""
        return await self._bulk.execute(plan, f"{macro.name}, {wording.tickets(plan.changing)}")

    def preview(self, macro: Macro, view: TicketView) -> str:
        """Return what a macro would do to a ticket, and what it would leave out; or why it cannot be run on it."""
        match self._decided(macro, view):
            case Together() as wish:
                done = ", ".join((*map(wording.done_to, wish.actions), *wish.here.said))
                return " ".join((f"{done}.", *wish.left_out))
            case NotPossible(reason=reason):
                return reason
            case _:
                return "Nothing to change."

    def why_not(self, macro: Macro, view: TicketView) -> str:
        """Return why a macro cannot be run on a ticket; empty where it can."""
        match self._decided(macro, view):
            case NotPossible(reason=reason):
                return reason
            case AlreadySet():
                return "Everything in it is so already."
            case _:
                return ""

    def lacking(self, macro: Macro) -> Mapping[str, tuple[str, ...]]:
        """Return what the accounts lack that a macro is for, by label, each in a sentence; accounts that have all are not named."""
        found: dict[str, tuple[str, ...]] = {}
        for account in self._accounts.all():
            if macro.accounts and account.id not in macro.accounts:
                continue
            able, name = account.capabilities or Capabilities(), self._accounts.vendor(account).name
            said = []
            for step in macro.steps:
                feature = FEATURES.get(step.kind)
                if feature is not None and (reason := able.reason(feature)) is not None:
                    said.append(_left_out(wording.reason(reason, name), step, macro))
            if said:
                found[account.label] = tuple(said)
        return found

    def _decided(self, macro: Macro, view: TicketView) -> Decision | Together:
        if macro.accounts and view.account.id not in macro.accounts:
            return NotPossible(f"“{macro.name}” is not for {view.account.label}.")
        actions: list[Action] = []
        later: LaterMark | None = None
        note, read, said, left_out = "", False, list[str](), list[str]()
        for step in macro.steps:
            match self._step(step, view):
                case NotPossible(reason=reason):
                    if _stops(step, view) or macro.lacking == REFUSE:
                        return NotPossible(reason)
                    left_out.append(_left_out(reason, step, macro))
                case AlreadySet():
                    pass
                case Here() as here:
                    later, note, read = here.later or later, here.note or note, here.read or read
                    said += here.said
                case action:
                    actions.append(action)
        if actions or said:
            return Together(tuple(actions), Here(later, note, read, tuple(said)), tuple(left_out))
        return NotPossible(" ".join(left_out)) if left_out else AlreadySet()

    def _step(self, step: MacroStep, view: TicketView) -> Decision | Here:
        match step.kind:
            case StepKind.REPLY | StepKind.NOTE:
                return self._message(step, view)
            case StepKind.LATER | StepKind.LATER_KEEP:
                return self._away(step, view.account.id)
            case StepKind.READ:
                return Here(read=True, said=("marked as read",))
            case _:
                return self._changed(step, view)

    def _changed(self, step: MacroStep, view: TicketView) -> Decision:
        decision = _change(step)(view)
        if isinstance(decision, AlreadySet | NotPossible):
            return decision
        why = self._commands.refusal(view, decision)
        return NotPossible(why) if why else decision

    def _message(self, step: MacroStep, view: TicketView) -> Decision | Here:
        text = filled(step.value, view.ticket)
        if missing := placeholders(text):
            return NotPossible(f"Still to fill in: {', '.join(missing)}.")
        action = SendReply(text) if step.kind is StepKind.REPLY else AddNote(text)
        why = self._commands.refusal(view, action)
        if not why:
            return action
        return NotPossible(why) if step.kind is StepKind.REPLY else Here(note=text, said=("a note kept here",))

    def _away(self, step: MacroStep, account: AccountId) -> Decision | Here:
        keep = step.kind is StepKind.LATER_KEEP
        if step.value == ON_REPLY:
            why = self._later.why_not_on_reply([TicketKey(account, "")])
            return NotPossible(why) if why else Here(LaterMark(None), said=("away until they reply",))
        answer = self._later.read(step.value)
        if answer.only is None:
            return NotPossible(answer.problem or f"“{step.value}” is no time.")
        return Here(LaterMark(answer.only.when, keep=keep), said=(f"away until {answer.only.text}",))


def at_most(plan: BulkPlan, replies: int) -> BulkPlan:
    """Return the plan that leaves alone whose reply would be one too many."""
    answered = [one.key for one in plan.tickets if any(isinstance(action, SendReply) for action in one.actions)]
    return plan.without(answered[replies:], TOO_MANY_REPLIES)


def _stops(step: MacroStep, view: TicketView) -> bool:
    """Tell whether nothing of the macro is done without this step: a message that could be sent but lacks a word."""
    if step.kind not in (StepKind.REPLY, StepKind.NOTE):
        return False
    return bool(placeholders(filled(step.value, view.ticket))) and (
        step.kind is StepKind.NOTE or view.obstacle(FEATURES[step.kind]) is None
    )


def _left_out(reason: str, step: MacroStep, macro: Macro) -> str:
    outcome = "nothing of the macro is done" if macro.lacking == REFUSE else f"“{step.title}” is left out"
    return f"{reason.rstrip('.')}: {outcome}."


def _change(step: MacroStep) -> DecideAction:
    """Return what changes a ticket at its vendor."""
    match step.kind:
        case StepKind.STATE:
            return change_to_state(State(step.value))
        case StepKind.VENDOR_STATE:
            return _vendor_state(step.value)
        case StepKind.PRIORITY:
            return change_to_priority(Priority(step.value))
        case StepKind.ASSIGN if step.value == ME:
            return assign_to_me
        case StepKind.ASSIGN:
            return assign_to(None if step.value == NOBODY else Person(email=step.value))
        case StepKind.ADD_TAGS:
            return change_tags(tags_of(step.value), ())
        case _:
            return change_tags((), tags_of(step.value))


def _vendor_state(label: str) -> DecideAction:
    wanted = wording.vendor_label(label).casefold()

    def decide(view: TicketView) -> Decision:
        choice = next((one for one in view.states if wording.vendor_label(one.label).casefold() == wanted), None)
        if choice is None:
            return NotPossible(f"{view.vendor.name} has no state “{label}”.")
        return choose_state(choice)(view)

    return decide
