"""The demo without a display: the main job, step by step. Each step is checked at the sandbox, not only here."""

import asyncio
import shutil
import sys
import time
import traceback
from argparse import Namespace
from collections.abc import Awaitable, Callable
from pathlib import Path
from tempfile import TemporaryFile

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication

from deskhand import bootstrap
from deskhand.content.given_names import given_name
from deskhand.diagnostics.redaction import Redactor
from deskhand.domain.accounts import Account, Health
from deskhand.domain.capabilities import Capabilities, Feature
from deskhand.domain.ids import CommandId, TicketKey
from deskhand.domain.lazy_dataclass import dataclass
from deskhand.domain.profile_wording import short_path
from deskhand.domain.queries import Scope, TicketQuery
from deskhand.domain.threads import Delivery, Draft
from deskhand.profile.profile import Profile
from deskhand.secrets.memory_vault import MemoryVault
from deskhand.services.services import Services
from deskhand.services.ticket_actions import closing_state, is_already, set_state
from deskhand.services.ticket_commands import REPLY, Accepted
from deskhand.sync.tasks import TaskScope
from deskhand.ui import app, display
from deskhand.ui.kit import theme
from deskhand.ui.shell import Shell

from .accounts import sign_in
from .sandbox_process import SandboxProcess

PATIENCE = 120.0
"""Seconds that one step may take."""

SIZE = QSize(1440, 900)


class StepFailed(Exception):
    """A step did not hold, in a sentence."""


@dataclass(slots=True)
class Steps:
    """Prints each step with its duration and result."""

    succeeded: bool = True

    async def run_step(self, what: str, work: Callable[[], Awaitable[str]]) -> None:
        """Run one step; a failed one is printed and remembered, and the rest goes on."""
        began = time.monotonic()
        try:
            async with asyncio.timeout(PATIENCE):
                result = await work()
            mark = "ok    "
        except StepFailed as problem:
            result, mark, self.succeeded = str(problem), "FAILED", False
        except TimeoutError:
            result, mark, self.succeeded = f"not done within {PATIENCE:.0f} s", "FAILED", False
        print(f"{mark}  {what}: {result} ({time.monotonic() - began:.1f} s)", flush=True)


def run(parsed: Namespace, sandbox: SandboxProcess) -> int:
    """Do the main job offscreen; returns 0 only if every step held."""
    display.use_offscreen()
    pictures = Path(parsed.pictures or "deskhand-demo").resolve()
    try:
        pictures.mkdir(parents=True, exist_ok=True)
        with TemporaryFile(dir=pictures):
            pass
    except OSError as problem:
        print(
            f"The pictures cannot be written to {short_path(str(pictures))} ({problem.strerror}). Name another folder with --pictures DIR.",
            file=sys.stderr,
        )
        return 1
    folder = bootstrap.temporary_profile_folder()
    application = app.get_application()
    steps = Steps()
    try:
        with app.make_runner(application) as runner:
            runner.run(_all(steps, sandbox, folder, pictures, application))
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print(f"Screenshots are in {pictures}")
    print("Every step held." if steps.succeeded else "Not every step held.")
    return 0 if steps.succeeded else 1


def _report(name: str, problem: BaseException) -> None:
    print(f"{name} ended:", "".join(traceback.format_exception(problem)))


async def _all(steps: Steps, sandbox: SandboxProcess, folder: Path, pictures: Path, application: QApplication) -> None:
    opened = await bootstrap.open_profile(
        Profile.open_or_create(folder), MemoryVault(), bootstrap.lock_profile(folder), Redactor()
    )
    services = opened.services
    scope = TaskScope("demo", _report)
    appearance = theme.Appearance(application, theme.Choice.LIGHT)
    try:
        await steps.run_step("sign in", lambda: _sign_in(services, sandbox))
        shell = Shell(services, scope, appearance, remember_theme=False)
        shell.show(SIZE)
        await shell.wait_painted()
        shell.build_deferred()
        await services.engine.start()
        await steps.run_step("sync", lambda: _sync(services))
        for account in services.accounts.all():
            await _vendor(steps, services, sandbox, account)
        await steps.run_step("screenshots", lambda: _save_screenshots(shell, appearance, services, pictures))
        await shell.aclose()
    finally:
        await scope.aclose()
        await opened.aclose()


async def _vendor(steps: Steps, services: Services, sandbox: SandboxProcess, account: Account) -> None:
    capabilities = (services.accounts.get(account.id) or account).capabilities or Capabilities()
    name = account.label
    if Feature.LIST in capabilities:
        key = _first_ticket(services, account)
        await steps.run_step(f"{name}: open a ticket", lambda: _open(services, key))
    else:
        created = await _created(steps, services, account)
        if created is None:
            return
        key = created
    if Feature.REPLY in capabilities:
        await steps.run_step(f"{name}: reply", lambda: _reply(services, sandbox, key))
    if Feature.STATE in capabilities:
        await steps.run_step(f"{name}: change the state", lambda: _change(services, sandbox, key))


def _first_ticket(services: Services, account: Account) -> TicketKey:
    rows = services.lists.first_page(TicketQuery(Scope.OPEN, account.id), 64)
    for row in rows:
        if row.subject and row.key.account == account.id:
            return row.key
    raise StepFailed(f"{account.label} has no open ticket")


async def _sign_in(services: Services, sandbox: SandboxProcess) -> str:
    await sign_in(services, sandbox, lambda _line: None)
    return f"{len(services.accounts.all())} accounts"


async def _sync(services: Services) -> str:
    await services.engine.wait_synced()
    wrong = [a.label for a in services.accounts.all() if services.accounts.status(a.id).health is not Health.FINE]
    if wrong:
        raise StepFailed(f"not in step: {', '.join(wrong)}")
    outline = await services.lists.outline(TicketQuery(Scope.ALL), 128)
    return f"{outline.count} tickets in one list"


async def _open(services: Services, key: TicketKey) -> str:
    await services.engine.read(key)
    view = await services.tickets.view(key)
    if view is None:
        raise StepFailed("the ticket is not there")
    if not view.has_conversation:
        return f"“{view.ticket.subject}”, a record with {len(view.ticket.fields)} further fields"
    if not view.messages:
        raise StepFailed("it has no messages")
    return f"“{view.ticket.subject}”, {len(view.messages)} messages"


async def _reply(services: Services, sandbox: SandboxProcess, key: TicketKey) -> str:
    view = await services.tickets.view(key)
    if view is None:
        raise StepFailed("the ticket is not there")
    if why := view.why_not(Feature.REPLY):
        return f"not possible, and said so: {why}"
    text = f"Thank you for writing. We look into it today. ({key.remote[-6:]})"
    outcome = await services.commands.send(key, Draft(REPLY, text, seen=view.newest), hold=False)
    await _sent(services, outcome)
    arrived = [one for one in sandbox.received(view.account.vendor) if text in str(one)]
    if len(arrived) != 1:
        raise StepFailed(f"the vendor has it {len(arrived)} times")
    return "the vendor has it once"


async def _change(services: Services, sandbox: SandboxProcess, key: TicketKey) -> str:
    view = await services.tickets.view(key)
    if view is None:
        raise StepFailed("the ticket is not there")
    group = view.ticket.group.id if view.ticket.group else None
    choices = [c for c in view.capabilities.states_for(group) if c.id != view.ticket.state_id]
    choice = closing_state(view.ticket, view.capabilities)
    # A state that only the account's settings name may not exist in the ticket's group: with few tickets one that was seen there is surer.
    seen_there = [c for c in choices if group is not None and c.group == group]
    if choice is None or is_already(view.ticket, choice) or (seen_there and choice not in seen_there):
        choice = next(iter(seen_there or choices), None)
    if choice is None:
        raise StepFailed("no other state is known")
    change = set_state(view, choice)
    await _sent(services, await services.commands.change(key, change))
    held = str(sandbox.ticket(view.account.vendor, key.remote)).casefold()
    if choice.id.casefold() not in held and choice.label.casefold() not in held:
        raise StepFailed(f"the vendor does not have it as {choice.label}")
    return f"{view.ticket.vendor_state or 'none'} to {choice.label}, confirmed by the vendor"


async def _created(steps: Steps, services: Services, account: Account) -> TicketKey | None:
    made: list[TicketKey] = []

    async def create() -> str:
        capabilities = (services.accounts.get(account.id) or account).capabilities or Capabilities()
        names = {field.name for field in capabilities.create_form}
        texts = {"title": "Washing machine leaks", "subject": "Washing machine leaks", "body": "It leaks at the door.",
                 "comment": "It leaks at the door.", "description": "It leaks at the door.", "status": "open"}  # fmt: skip
        fields = {name: text for name, text in texts.items() if name in names}
        outcome = await services.commands.create(account.id, fields, "Washing machine leaks")
        key = await _sent(services, outcome)
        if key is None:
            raise StepFailed("it got no id")
        made.append(key)
        return f"nothing can be read there, so it is made here: {key.remote}, confirmed by the vendor"

    await steps.run_step(f"{account.label}: create a ticket", create)
    return made[0] if made else None


async def _sent(services: Services, outcome: object) -> TicketKey | None:
    if not isinstance(outcome, Accepted):
        raise StepFailed(getattr(outcome, "message", "refused"))
    item = await wait_final(services, outcome.command)
    if item[0] is not Delivery.SENT:
        raise StepFailed(f"{item[0].value}: {item[1]}")
    return item[2]


async def wait_final(services: Services, command: CommandId) -> tuple[Delivery, str, TicketKey | None]:
    """Wait until a command is sent, failed, or asks."""
    moved = asyncio.Event()
    unsubscribe = services.changes.subscribe(lambda _changes: moved.set())
    try:
        while True:
            moved.clear()
            item = await services.outbox.get(command)
            if item is not None and (item.delivery is Delivery.SENT or item.delivery.needs_agent):
                return item.delivery, item.problem, item.command.ticket
            await moved.wait()
    finally:
        unsubscribe()


async def _save_screenshots(shell: Shell, appearance: theme.Appearance, services: Services, pictures: Path) -> str:
    """Leave the window in the middle of an answer: a note, a reply that is still held, and a draft."""
    shell.lists.choose(Scope.MINE_OPEN)
    key, asker = _wait_for_change(services)
    await services.engine.read(key)
    await services.tickets.add_local_note(
        key, "Address was changed on 14 March, the invoice run was on the 12th. Credit and re-issue."
    )
    view = await services.tickets.view(key)
    held = await services.commands.send(
        key, Draft(REPLY, "We look into it. You will have a corrected invoice today.", seen=view.newest if view else "")
    )
    first = given_name(asker)
    opening = f"Hi {first}," if first else "Hello,"
    text = f"{opening}\n\nThe corrected invoice is attached. The old address was still on file when"
    await services.drafts.save(key, Draft(REPLY, text, cursor=len(text)))
    await shell.wait_idle()
    shell.lists.open(key)
    names = []
    for choice in (theme.Choice.LIGHT, theme.Choice.DARK):
        appearance.choose(choice)
        file = pictures / f"main-{choice.value}.png"
        await shell.save_screenshot(file)
        names.append(file.name)
    if isinstance(held, Accepted):
        await services.commands.undo(held.command)
    return ", ".join(names)


def _wait_for_change(services: Services) -> tuple[TicketKey, str]:
    """Return a ticket that shows well, and who asks: a question about an invoice, in Latin letters, that takes a reply."""
    rows = services.lists.first_page(TicketQuery(Scope.MINE_OPEN), 256)
    readable = [
        row
        for row in rows
        if row.subject and row.subject.isascii() and row.who.isascii() and 3 < len(row.who) < 24 and "<" not in row.who
    ]
    vendors = {account.id: account.vendor for account in services.accounts.all()}
    fitting = [row for row in readable if vendors[row.key.account] == "mijnklantportaal"]
    best = [row for row in fitting if "invoice" in row.subject] or fitting or readable
    if not best:
        raise StepFailed("there is no ticket to show")
    return best[0].key, best[0].who
