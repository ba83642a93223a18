"""Sessions that are killed: the engine on a real profile, in a process that may die at any moment.

Reads one request per line (JSON) from standard input, forks a child for it, says `{"pid": n}`, waits for the child and says
`{"status": n}` (negative: the signal that ended it); a working child says `{"ready": n}` when its engine runs. Everything is imported before the first fork, so that a session starts in
milliseconds and hundreds of them can be killed. What a child promises it writes to a ledger first, so that the test knows what
was asked for without believing the store: `will` before a command is submitted, `did` after it is durable.

Requests: {"do": "prepare" | "work" | "settle", "folder", "vendor", ...}; see the functions of these names.
"""

import asyncio
import json
import os
import sys
import traceback
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from importlib import import_module
from pathlib import Path
from typing import Any
from unittest.mock import patch

from deskhand.bootstrap import DATABASE_KEY, OpenProfile, Rules, lock_profile, open_profile
from deskhand.diagnostics.logs import configure
from deskhand.diagnostics.redaction import Redactor
from deskhand.domain.accounts import Account, Secret, SignIn
from deskhand.domain.capabilities import Feature
from deskhand.domain.commands import DecisionReason
from deskhand.domain.ids import AccountId, TicketKey, VendorId
from deskhand.domain.queries import Scope, TicketQuery
from deskhand.domain.threads import Delivery, Draft, Resolution
from deskhand.http.pacing import Window
from deskhand.profile.profile import Profile
from deskhand.secrets.memory_vault import MemoryVault
from deskhand.services.accounts import AccountForm, Added
from deskhand.services.macro_steps import MacroStep, StepKind
from deskhand.services.macros import Macro
from deskhand.services.ticket_commands import REPLY, Accepted, Outcome
from deskhand.sync.reconciliation import ReconcileConfig
from deskhand.sync.schedule import Pace
from deskhand.vendors.registry import REGISTRY, warm_up

KEY = "d5" * 32
ROUNDS = 25
"""How often the last session answers the guard's question before it gives up."""

Request = dict[str, Any]


@asynccontextmanager
async def opened(request: Request) -> AsyncIterator[OpenProfile]:
    folder = Path(request["folder"])
    vault = MemoryVault()
    await vault.put(DATABASE_KEY, KEY)
    rules = Rules(
        pace=Pace(poll=600, full=3600, probe=3600, share=0.001),
        reconcile=ReconcileConfig(settle_seconds=request["settle"]),
    )
    redactor = Redactor()
    profile = await open_profile(Profile.open_or_create(folder), vault, lock_profile(folder), redactor, rules)
    try:
        configure(folder / "logs", redactor)
        for account in await profile.store.accounts.all():
            await vault.put(account.id, request["secret"])
        yield profile
    finally:
        await profile.aclose()


async def prepare(request: Request) -> object:
    """Add the account, sync once; returns tickets that take a reply and the choices of the form for new ones."""
    async with opened(request) as profile:
        services = profile.services
        form = AccountForm(
            VendorId(request["vendor"]), "Kills", request["base_url"], "jane@example.com", "", request["settings"]
        )
        added = await services.accounts.add(form, Secret(request["secret"]))
        assert isinstance(added, Added), added
        account = added.account
        if request["import"]:
            await services.records.import_tickets(account.id, json.dumps(request["import"]))
        else:
            problems = await services.engine.once()
            assert problems == {account.id: None}, problems
        capabilities = services.accounts.all()[0].capabilities
        assert capabilities is not None
        keys = await services.lists.select(TicketQuery(Scope.ALL), 60)
        takes = []
        for key in keys:
            view = await services.tickets.view(key)
            if view is not None and view.obstacle(Feature.REPLY) is None and not view.ticket.state.is_done:
                takes.append(key.remote)
        await services.settings.set_undo_seconds(0)
        forms = {field.name: [choice for choice, _ in field.choices] for field in capabilities.create_form}
        return {"tickets": takes, "form": forms}


async def work(request: Request) -> object:
    """Submit the jobs and send until killed, or until nothing moves any more."""
    ledger = os.open(request["ledger"], os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)

    def note(word: str, job: Request) -> None:
        os.write(ledger, (json.dumps({"word": word, **job}) + "\n").encode())

    async with opened(request) as profile:
        services = profile.services
        await services.engine.start()
        account = services.accounts.all()[0]
        print(json.dumps({"ready": os.getpid()}), flush=True)
        for job in request["jobs"]:
            note("will", job)
            if "macro" in job:
                if await _run_macro(profile, account, job):
                    note("did", job)
                continue
            if "fields" in job:
                outcome = await services.commands.create(account.id, job["fields"], job["text"])
            else:
                outcome = await _reply(profile, account, job)
            assert isinstance(outcome, Accepted), outcome
            note("did", job)
        await services.engine.drain(60)
    return None


async def _reply(profile: OpenProfile, account: Account, job: Request) -> Outcome:
    key = TicketKey(account.id, job["ticket"])
    view = await profile.services.tickets.view(key)
    assert view is not None
    return await profile.services.commands.send(key, Draft(REPLY, job["text"], seen=view.newest), hold=False)


async def _run_macro(profile: OpenProfile, account: Account, job: Request) -> bool:
    """Answer, tag, mark as read and put away in one go.

    Returns:
        Whether that was taken: the answer of another job that says the same may wait in the outbox still, and then none of it is.
    """
    steps = (
        MacroStep(StepKind.REPLY, job["text"]),
        MacroStep(StepKind.ADD_TAGS, job["macro"]),
        MacroStep(StepKind.READ),
        MacroStep(StepKind.LATER, "in 3 days"),
    )
    macro = Macro("kill", "Kill", steps)
    key = TicketKey(account.id, job["ticket"])
    plan = await profile.services.macro_runs.plan(macro, [key])
    result = await profile.services.macro_runs.run(macro, plan)
    is_taken = result.tickets == (key,)
    assert is_taken or result.refused == ("The same reply is in the outbox already.",), result
    return is_taken


async def settle(request: Request) -> object:
    """Send what is left for a while, answering as an agent would who has read the newer message; returns the whole outbox."""
    async with opened(request) as profile:
        services = profile.services
        await services.engine.start()
        for _ in range(ROUNDS):
            await services.engine.drain(20)
            asking = [
                item for item in await services.outbox.recent(100_000) if item.decision is DecisionReason.THREAD_CHANGED
            ]
            if not asking:
                break
            for item in asking:
                await services.commands.resolve(item.command.id, Resolution.AGAIN)
        return [
            {
                "id": item.command.id,
                "after": item.command.after,
                "ticket": item.command.ticket.remote if item.command.ticket else None,
                "text": getattr(item.command.action, "text", "") or getattr(item.command.action, "subject", ""),
                "delivery": item.delivery.value,
                "ask": item.decision.value if item.decision else None,
                "attempts": item.attempts,
                "proof": item.confirmation,
                "remote_id": item.remote_id,
                "problem": item.problem if item.delivery is not Delivery.SENT else "",
            }
            for item in await services.outbox.recent(100_000)
        ]


WORK: dict[str, Callable[[Request], Coroutine[Any, Any, object]]] = {"prepare": prepare, "work": work, "settle": settle}


def child(request: Request) -> int:
    try:
        result = asyncio.run(WORK[request["do"]](request))
    except BaseException:
        Path(request["folder"], "failure").write_text(traceback.format_exc(), encoding="utf-8")
        return 1
    Path(request["folder"], "result").write_text(json.dumps(result), encoding="utf-8")
    return 0


def load() -> None:
    """Import what the first connection brings, so that a session starts in milliseconds.

    The vendors' limits are lifted on both sides: they hold across restarts, and hundreds of restarts would wait for them.
    """
    warm_up()
    for vendor, spec in REGISTRY.items():
        adapter = import_module(f"deskhand.vendors.{vendor}.adapter")
        patch.object(adapter, "WINDOWS", (Window(100_000, 1.0),)).start()
        secret = Secret("0" * 32)
        spec.connect(
            SignIn(AccountId("none"), "http://127.0.0.1:9", spec.info.kinds[0].id, {"client_id": "none"}, secret)
        )


def main() -> None:
    load()
    for line in sys.stdin:
        request = json.loads(line)
        if sys.platform != "win32":
            pid = os.fork()
            if pid == 0:
                os._exit(child(request))
            print(json.dumps({"pid": pid}), flush=True)
            _, status = os.waitpid(pid, 0)
            print(json.dumps({"status": os.waitstatus_to_exitcode(status)}), flush=True)


main()
