"""What the arguments of a command line name: accounts, tickets, changes."""

from argparse import Namespace

from deskhand.content.characters import undecodable
from deskhand.content.ticket_tags import check_tags
from deskhand.domain.accounts import Account, SignInKind, VendorInfo
from deskhand.domain.capabilities import Capabilities
from deskhand.domain.commands import Action, Assign, ChangePriority, ChangeState, EditField, EditTags
from deskhand.domain.ids import TicketKey
from deskhand.domain.tickets import FieldValue, Person, State, Ticket
from deskhand.services.people import me_among, why_no_me
from deskhand.services.services import Services
from deskhand.services.ticket_actions import choice_for_state, read_ticket_name

NO_ACCOUNT = "There is no account yet. Add one: deskhand accounts add VENDOR --label NAME --secret-stdin"


class Unclear(Exception):
    """The arguments name nothing: exit code 1, with this sentence."""


class WrongUsage(Exception):
    """The arguments are not of the form: exit code 2."""


def unreadable(text: str) -> str:
    """Return where an argument of the command line is no text; Python keeps what it cannot decode in it as lone surrogates."""
    try:
        return undecodable(text.encode("utf-8", "surrogateescape"))
    except UnicodeEncodeError as problem:  # Windows hands half a character over as it is
        return f"character {problem.start + 1} is half of one"


def check_readable(arguments: Namespace) -> None:
    """Raise Unclear for the first argument that is no text. Names of files are none: they are bytes on most systems."""
    files = {"file", "attach", "profile", "passphrase_file", "screenshot", "text"}  # the text says so itself
    files |= {"json"} if arguments.command == "create" else set()
    for name, value in vars(arguments).items():
        for argument in value if isinstance(value, list) else [value]:
            if isinstance(argument, str) and name not in files and (why := unreadable(argument)):
                raise Unclear(f"The {name.replace('_', ' ')} cannot be read: {why}.")


def account(services: Services, label: str) -> Account:
    """Return the account of this label."""
    found = services.accounts.labelled(label)
    if found is None:
        raise Unclear(no_account(services, label))
    return found


def no_account(services: Services, label: str) -> str:
    """Return the words for an account that is not there, with those that are."""
    known = ", ".join(a.label for a in services.accounts.all()) or "none yet"
    return f"There is no account named {label}. There are: {known}."


async def ticket(services: Services, text: str) -> TicketKey:
    """Return the ticket that ACCOUNT/ID names."""
    named = read_ticket_name(services.accounts.all(), text)
    if named is None:
        if "/" not in text:
            raise WrongUsage("A ticket is named ACCOUNT/ID.")
        raise Unclear(f"No account fits {text}.")
    return await services.tickets.find(*named)


def pairs(arguments: list[str]) -> dict[str, str]:
    """Return NAME=VALUE arguments as a mapping."""
    found = {}
    for argument in arguments:
        name, sign, value = argument.partition("=")
        if not sign or not name:
            raise WrongUsage(f"{argument} is not of the form NAME=VALUE.")
        found[name.strip()] = value
    return found


def sign_in_kind(info: VendorInfo, wanted: str, given: dict[str, str]) -> SignInKind:
    """Return the way to sign in that was named, or that fits the fields that were given."""
    if wanted:
        found = next((kind for kind in info.kinds if kind.id == wanted), None)
        if found is None:
            raise WrongUsage(f"{info.name} knows {', '.join(k.id for k in info.kinds)}.")
        return found
    needed = {kind.id: {f.name for f in kind.fields if not f.secret and f.required} for kind in info.kinds}
    fitting = [kind for kind in info.kinds if needed[kind.id] <= set(given)]
    return max(fitting or info.kinds, key=lambda kind: len(needed[kind.id] & set(given)))


def change(name: str, value: str, now: Ticket, capabilities: Capabilities, me: str) -> Action:
    """Return the action that NAME=VALUE asks for."""
    match name:
        case "state":
            return _state(value, now, capabilities)
        case "priority":
            return _priority(value, now, capabilities)
        case "assignee":
            return _assign(value, now, capabilities, me)
        case "tags":
            return _tags(value, now)
        case "subject":
            return EditField("subject", "Subject", now.subject, value)
        case _ if name.startswith("field."):
            field = name.removeprefix("field.")
            label = next((f.label for f in capabilities.custom_fields if f.name == field), field)
            return EditField(field, label, now.fields.get(field), value)
        case _:
            raise WrongUsage(f"{name} is none of state, priority, assignee, tags, subject, field.NAME.")


def field_value(name: str, value: object) -> FieldValue:
    """Return a value of a JSON object as a form holds it."""
    match value:
        case None | bool() | int() | float() | str():
            return value
        case list() if all(isinstance(one, str) for one in value):
            return tuple(value)
        case _:
            raise Unclear(f"{name} is none of a text, a number, true, false, null and a list of texts.")


def _state(value: str, now: Ticket, capabilities: Capabilities) -> ChangeState:
    wanted = value.casefold()
    choices = capabilities.states_for(now.group.id if now.group else None)
    exact = [c for c in choices if wanted in (c.id.casefold(), c.label.casefold())]
    found = min(exact, key=lambda c: c.group is None, default=None)
    if found is None and wanted in (state.value for state in State):
        found = choice_for_state(now, capabilities, State(wanted))
    if found is None:
        labels = ", ".join(c.label for c in choices) or "none known"
        raise Unclear(f"{value} is no state of this ticket. There are: {labels}.")
    return ChangeState(now.state_id, found.id, found.label, found.state)


def _priority(value: str, now: Ticket, capabilities: Capabilities) -> ChangePriority:
    wanted = value.casefold()
    exact = [c for c in capabilities.priorities if wanted in (c.id.casefold(), c.label.casefold())]
    meant = [c for c in capabilities.priorities if wanted == c.priority.value]
    found = next(iter(exact + meant), None)
    if found is None:
        labels = ", ".join(c.label for c in capabilities.priorities) or "none known"
        raise Unclear(f"{value} is no priority here. There are: {labels}.")
    return ChangePriority(now.priority_id, found.id, found.label, found.priority)


def _assign(value: str, now: Ticket, capabilities: Capabilities, me: str) -> Assign:
    base = now.assignee_seen
    if value == "me":
        if why := why_no_me(me, "this account"):
            raise Unclear(why)
        return Assign(base, me_among(capabilities.agents, me))
    wanted = value
    if not wanted or wanted in ("none", "nobody"):
        return Assign(base, None)
    known = next(
        (
            a
            for a in capabilities.agents
            if wanted.casefold() in (a.email.casefold(), a.id.casefold(), a.name.casefold())
        ),
        None,
    )
    if known is None and "@" not in wanted:
        raise Unclear(f"{wanted} is nobody known here; an e-mail address may be given.")
    return Assign(base, known or Person(email=wanted))


def _tags(value: str, now: Ticket) -> EditTags:
    tags = [tag.strip(" ") for tag in value.split(",") if tag.strip(" ")]
    if any(tag[0] in "+-" for tag in tags):
        if not all(tag[0] in "+-" and len(tag) > 1 for tag in tags):
            raise WrongUsage("Tags are either all signed (+a,-b) or all plain (a,b: then these and no others).")
        add, remove = ([tag[1:] for tag in tags if tag[0] == sign] for sign in "+-")
    else:
        add, remove = [w for w in tags if w not in now.tags], [t for t in now.tags if t not in tags]
    if wrong := check_tags(add):
        raise Unclear(wrong)
    return EditTags(tuple(add), tuple(remove))
