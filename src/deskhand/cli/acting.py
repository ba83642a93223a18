"""Commands that do."""

import json
import mimetypes
from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path

from deskhand.content.addresses import read_addresses
from deskhand.content.characters import undecodable
from deskhand.domain import wording
from deskhand.domain.accounts import Health, Secret
from deskhand.domain.capabilities import Capabilities, Limits
from deskhand.domain.commands import holds_text
from deskhand.domain.console import Console
from deskhand.domain.ids import CommandId, TicketKey, VendorId
from deskhand.domain.problems import DeskProblem, Invalid, SignInNeeded, VaultUnavailable
from deskhand.domain.profile_wording import short_path
from deskhand.domain.threads import Delivery, Draft, OutgoingFile, Resolution
from deskhand.services import reply_targets
from deskhand.services.accounts import AccountForm, Added, NotAdded
from deskhand.services.decisions import AlreadySet, NotPossible
from deskhand.services.file_reading import read_any
from deskhand.services.records import LARGEST_IMPORT
from deskhand.services.services import Services
from deskhand.services.ticket_actions import is_final
from deskhand.services.ticket_commands import NOTE, REPLY, Accepted, Outcome

from . import json_output, naming
from .listing import RECENT, why
from .ticket_changes import TicketChangeCommand

DONE, FAILED, NEEDS_PERSON = 0, 1, 3
_READ = ("file", "json")
"""Arguments that name a file whose content the command takes."""
_LARGEST_TEXT = 10_000_000
"""Bytes; more than any vendor takes in one message."""


def exit_code(problem: Exception) -> int:
    """Return 3 where only a person can mend it, else 1."""
    return NEEDS_PERSON if isinstance(problem, SignInNeeded | VaultUnavailable) else FAILED


async def add_account(arguments: Namespace, services: Services, console: Console) -> int:
    """`accounts add`; the secret is the first line of standard input, however it got there."""
    vendors = {info.id: info for info in services.accounts.vendors()}
    info = vendors.get(VendorId(arguments.vendor))
    if info is None:
        raise naming.WrongUsage(f"{arguments.vendor} is none of {', '.join(vendors)}.")
    given = naming.pairs(arguments.set)
    kind = naming.sign_in_kind(info, arguments.kind, given)
    allowed = {f.name for f in (*kind.fields, *reply_targets.options(info))}
    if kind.secret.name in given:
        raise naming.WrongUsage(f"{kind.secret.label} is a secret: give it by --secret-stdin, never as an argument.")
    if unknown := set(given) - allowed:
        named = ", ".join(sorted(allowed - {kind.secret.name})) or "none but the secret"
        raise naming.WrongUsage(f"{info.name} has no field {', '.join(sorted(unknown))}. There are: {named}.")
    secret = Secret(console.read().strip())
    form = AccountForm(info.id, arguments.label, arguments.base_url, arguments.me, kind.id, given)
    match await services.accounts.add(form, secret):
        case Added(account=account, report=report):
            if arguments.json:
                status = services.accounts.status(account.id)
                console.block(json_output.dumps(json_output.account(account, info.name, status)))
            else:
                console.out(f"Added {account.label} ({info.name}).")
            if report.note or not report.verified:
                console.err(report.note or f"{info.name} offers no harmless call to check these credentials.")
            return DONE
        case NotAdded(message=message):
            console.err(message)
            return FAILED


async def check_accounts(arguments: Namespace, services: Services, console: Console) -> int:
    """`accounts check`."""
    chosen = [naming.account(services, arguments.account)] if arguments.account else list(services.accounts.all())
    results, worst = [], DONE
    for account in chosen:
        info = services.accounts.vendor(account)
        try:
            report = await services.accounts.check(account.id)
        except DeskProblem as problem:
            worst = max(worst, exit_code(problem))
            results.append((account.label, False, wording.problem(problem, info.name, goes_on=False)))
        else:
            who = f"signed in as {report.who}" if report.who else "the credentials work"
            results.append((account.label, report.verified, report.note or who))
    if arguments.json:
        console.block(
            json_output.dumps([{"account": a, "verified": ok, "words": message} for a, ok, message in results])
        )
    else:
        if not results:
            console.err(naming.NO_ACCOUNT)
        for label, _ok, message in results:
            console.out(f"{label}: {message}")
    return worst


async def remove_account(arguments: Namespace, services: Services, console: Console) -> int:
    """`accounts remove`."""
    account = naming.account(services, arguments.account)
    outcome = await services.accounts.remove(account.id, give_up_unsent=arguments.give_up_unsent)
    if isinstance(outcome, NotAdded):
        console.err(outcome.message)
        return FAILED
    console.out(outcome.message.replace("Removing", "Removed", 1).replace(" deletes ", ": deleted ", 1))
    return DONE


async def pause_account(arguments: Namespace, services: Services, console: Console) -> int:
    """`accounts pause|resume`."""
    account = naming.account(services, arguments.account)
    await services.accounts.pause(account.id, paused=arguments.action == "pause")
    console.out(f"{account.label}: {'paused' if arguments.action == 'pause' else 'goes on'}.")
    return DONE


async def sync(arguments: Namespace, services: Services, console: Console) -> int:
    """`sync`; without `--once` until interrupted, unless the owner of the profile keeps in step anyway."""
    chosen = naming.account(services, arguments.account).id if arguments.account else None
    if not arguments.once and not services.engine.is_running:
        await services.engine.start()
        console.err("Syncing until interrupted.")
        await services.engine.forever()
    worst = DONE
    if not services.accounts.all():
        console.err(naming.NO_ACCOUNT)
    for account, problem in (await services.engine.once(chosen)).items():
        found = services.accounts.get(account)
        status = services.accounts.status(account)
        if found is None:
            continue
        if problem is not None:
            worst = max(worst, exit_code(problem))
        if status.unread_threads or status.left_out:
            worst = max(worst, FAILED)
        said = status.problem or wording.health(status.health)
        more = " ".join(filter(None, (wording.left_out(status.left_out), wording.unread(status.unread_threads))))
        console.out(f"{found.label}: {said}" if not more else f"{found.label}: {said.removesuffix('.')}. {more}")
    return worst


async def message(arguments: Namespace, services: Services, console: Console) -> int:
    """`reply` and `note`: into the outbox, without an undo window."""
    key = await naming.ticket(services, arguments.ticket)
    text = _argument(arguments.text) if arguments.text is not None else await text_of(arguments.file, console)
    if arguments.command == NOTE and arguments.local:
        await services.tickets.add_local_note(key, text)
        console.out("Kept on this computer; nothing is sent.")
        return DONE
    limits = _limits(services, key)
    files = [await _attached(services, path, limits) for path in arguments.attach]
    view = await services.tickets.view(key)
    cc = _copies(arguments.cc) if arguments.command == REPLY else ()
    draft = Draft(arguments.command, text, "", cc, tuple(files), seen=view.newest if view else "")
    if view is not None and view.reply_reopens and arguments.command == REPLY:
        console.err(f"This ticket is closed; {view.vendor.name} reopens it with the reply.")
    return _told(await services.commands.send(key, draft, hold=False), console, as_json=arguments.json)


async def change(arguments: Namespace, services: Services, console: Console) -> int:
    """`set`: one outbox item per change; all are understood before the first is taken."""
    key = await naming.ticket(services, arguments.ticket)
    view = await services.tickets.view(key)
    if view is None:
        raise naming.Unclear(f"{arguments.ticket} is not known here.")
    wanted = naming.pairs(arguments.changes)
    actions = [naming.change(n, v, view.ticket, view.capabilities, view.account.me) for n, v in wanted.items()]
    worst = DONE
    for action in actions:
        if is_final(action, view.ticket, view.capabilities):
            console.err(f"{view.vendor.name}: {wording.NO_WAY_BACK}")
        worst = max(worst, _told(await services.commands.change(key, action), console, as_json=arguments.json))
    return worst


async def create(arguments: Namespace, services: Services, console: Console) -> int:
    """`create`: a JSON object of the vendor's own field names."""
    account = naming.account(services, arguments.account)
    try:
        fields = json.loads(await text_of(arguments.json, console))
    except (ValueError, RecursionError) as error:
        raise naming.Unclear(f"This is not valid JSON: {error}.") from error
    if not isinstance(fields, dict):
        raise naming.Unclear("A ticket is one JSON object of the vendor's fields.")
    form = (account.capabilities or Capabilities()).create_form
    if form and (unknown := set(fields) - {field.name for field in form}):
        names = ", ".join(f.name + ("*" if f.required else "") for f in form)
        raise naming.Unclear(f"Unknown: {', '.join(sorted(unknown))}. The fields are: {names} (* required).")
    values = {name: naming.field_value(name, value) for name, value in fields.items()}
    subject = str(fields.get("subject") or fields.get("title") or fields.get("ticket_name") or "")
    return _told(await services.commands.create(account.id, values, subject), console, as_json=False)


async def change_once(command: TicketChangeCommand, arguments: Namespace, services: Services, console: Console) -> int:
    """A command of `ticket_changes`; one that has no way back asks for `--yes`."""
    key = await naming.ticket(services, arguments.ticket)
    if command.asks and not arguments.yes:
        console.err(command.asks)
        return NEEDS_PERSON
    view = await services.tickets.view(key)
    if view is None:
        raise naming.Unclear(f"{arguments.ticket} is not known here.")
    match command.decide(arguments, view):
        case AlreadySet(message=message):
            console.err(message)
            return DONE
        case NotPossible(reason=message):
            raise naming.Unclear(message)
        case action:
            return _told(await services.commands.change(key, action), console, as_json=False)


async def push(arguments: Namespace, services: Services, console: Console) -> int:
    """`push`."""
    account = naming.account(services, arguments.account)
    forms = {form.kind: form for form in (account.capabilities or Capabilities()).records}
    if arguments.kind not in forms:
        raise naming.Unclear(f"{arguments.kind} is none of: {', '.join(forms) or 'none'}.")
    console.out(await services.records.push(account.id, arguments.kind, arguments.id, naming.pairs(arguments.fields)))
    return DONE


async def import_tickets(arguments: Namespace, services: Services, console: Console) -> int:
    """`import`: says what each column becomes and what is left out, then takes the rest over; `--preview` only says it."""
    account = naming.account(services, arguments.account)
    records = services.records
    if arguments.file == "-":
        data = console.read().encode("utf-8", "surrogateescape")
    else:
        data = await _bytes_of(arguments.file, LARGEST_IMPORT)
    preview = await records.preview_import(account.id, data)
    for line in preview.lines():
        (console.out if arguments.preview else console.err)(line)
    if not arguments.preview:
        console.out(f"Imported {wording.tickets(await records.import_previewed(account.id, preview))}.")
    return FAILED if preview.refused else DONE


async def drain(arguments: Namespace, services: Services, console: Console) -> int:
    """`outbox drain`."""
    before = [item.command.id for item in await services.outbox.recent(RECENT) if item.delivery.is_open]
    left = await services.engine.drain(arguments.timeout)
    after = [await services.outbox.get(command) for command in before]
    sent = [item for item in after if item is not None and item.delivery is Delivery.SENT]
    console.out(f"{len(sent)} sent, {len(left)} left.")
    waits = await services.commands.waiting(left)
    for item in left:
        said = f"{item.command.id}  {wording.item(item)}: {wording.delivery(item.delivery)}"
        console.err(said + why(item, waits.get(item.command.id)))
    for account in {item.command.account for item in left if not item.delivery.needs_agent}:
        found, status = services.accounts.get(account), services.accounts.status(account)
        console.err(f"{found.label if found else account}: {status.problem or wording.health(status.health)}")
        if status.health is Health.SIGN_IN:
            return NEEDS_PERSON
    if not left:
        return DONE
    return NEEDS_PERSON if any(item.delivery is Delivery.NEEDS_DECISION for item in left) else FAILED


async def resolve(arguments: Namespace, services: Services, console: Console) -> int:
    """`outbox resolve`; what was typed is deleted by `discard` with `--yes` only."""
    command, how = CommandId(arguments.id), Resolution(arguments.how)
    item = await services.outbox.get(command)
    if item is not None and how is Resolution.DISCARD and holds_text(item.command.action) and not arguments.yes:
        console.err(f"This deletes what was typed. Say --yes to do it: {wording.content(item)}")
        return NEEDS_PERSON
    outcome = await services.commands.resolve(command, how)
    if isinstance(outcome, Accepted):
        console.out("Done.")
        return DONE
    console.err(outcome.message)
    return FAILED


def _told(outcome: Outcome, console: Console, *, as_json: bool) -> int:
    if isinstance(outcome, Accepted):
        ticket: TicketKey | None = outcome.ticket
        if as_json:
            console.block(json_output.dumps({"id": outcome.command, "ticket": ticket.remote if ticket else None}))
        else:
            console.out(outcome.command)
        return DONE
    console.err(outcome.message)
    return FAILED


def _limits(services: Services, key: TicketKey) -> Limits:
    account = services.accounts.get(key.account)
    return account.capabilities.limits if account and account.capabilities else Limits()


async def _attached(services: Services, path: str, limits: Limits) -> OutgoingFile:
    if Path(path).is_relative_to("/dev") or Path(path).is_relative_to("/proc"):
        raise naming.Unclear(f"{short_path(path)} cannot be attached: it is no file that stays.")
    try:
        mime = mimetypes.guess_type(path)[0] or "application/octet-stream"
        return await services.drafts.attach_path(Path(path), mime, limits)
    except (OSError, Invalid) as problem:
        why = problem.strerror if isinstance(problem, OSError) else problem.detail
        raise naming.Unclear(f"{short_path(path)} cannot be attached: {why or problem}.") from problem


def _copies(addresses: Sequence[str]) -> tuple[str, ...]:
    found = read_addresses("\n".join(addresses))
    if found.problems:
        raise naming.WrongUsage(" ".join(found.problems))
    return found.addresses


def _argument(text: str) -> str:
    if why := naming.unreadable(text):
        raise naming.Unclear(f"The text cannot be read: {why}.")
    return text.removeprefix("\ufeff")


def say_imported(console: Console, added: Sequence[str], replaced: Sequence[str], left_out: Sequence[str] = ()) -> int:
    """Say what an import did: names that are new and that were replaced, and a sentence for each thing left out; return the exit code."""
    for verb, names in (("Added", added), ("Replaced", replaced)):
        for name in names:
            console.out(f"{verb}: {name}")
    for sentence in left_out:
        console.err(sentence)
    return 1 if left_out else 0


async def text_of(path: str, console: Console) -> str:
    """Return the text of a file, or of standard input for `-`. Raises Unclear where it cannot be read."""
    if path == "-":
        return _argument(console.read())
    data = await _bytes_of(path, _LARGEST_TEXT)
    if why := undecodable(data):
        raise naming.Unclear(f"{short_path(path)} cannot be read: {why}.")
    return data.decode("utf-8-sig")


async def _bytes_of(path: str, most: int) -> bytes:
    try:
        return await read_any(Path(path), most)  # a pipe is one too, and may never begin or end
    except (OSError, Invalid) as problem:
        why = problem.strerror if isinstance(problem, OSError) else problem.detail
        raise naming.Unclear(f"{short_path(path)} cannot be read: {why or problem}.") from problem


async def read_for(arguments: Namespace, console: Console) -> str:
    """Return what a command reads, for the process that carries it out: only this one has its standard input and its open files.

    Raises:
        Unclear: it cannot be read.
    """
    if reads_input(arguments):
        return console.read()
    for name in _READ:
        if isinstance(path := getattr(arguments, name, None), str):
            most = LARGEST_IMPORT if arguments.command == "import" else _LARGEST_TEXT
            return (await _bytes_of(path, most)).decode("utf-8", "surrogateescape")
    return ""


def resolve_for_caller(arguments: Namespace, place: str) -> None:
    """Take what a command reads as its caller has read it, and have the names of attachments start from the caller's folder."""
    for name in _READ:
        if isinstance(getattr(arguments, name, None), str):
            setattr(arguments, name, "-")
    if getattr(arguments, "attach", None):
        arguments.attach = [str(Path(place, path)) for path in arguments.attach]


def reads_input(arguments: Namespace) -> bool:
    """Tell whether a command takes something from standard input."""
    return "-" in (getattr(arguments, "file", None), getattr(arguments, "json", None)) or getattr(
        arguments, "secret_stdin", False
    )
