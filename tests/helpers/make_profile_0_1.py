"""Makes tests/corpus/profiles/0.1: a profile of version 0.1, and what that version says of it.

    git worktree add --detach ../deskhand-0.1 c6d4385
    (cd ../deskhand-0.1 && python3 packaging/dev.py setup)
    ../deskhand-0.1/.venv/bin/python tests/helpers/make_profile_0_1.py

It runs with the packages of that checkout, which it imports by name because today's have other ones. It starts that version's sandbox,
connects an account of each vendor, works as an agent does for a day, and ends the sandbox. What is then written beside the profile is read
by that version alone: `answers.json`, what each reading command prints, and `stored.json`, what its stores give back.
"""

import asyncio
import importlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parents[1] / "corpus" / "profiles" / "0.1"
PASSPHRASE = "a passphrase for a profile of version 0.1"
PROGRAM = (sys.executable, "-P", "-m", "deskhand")
TICKETS = 30
FILES = (
    "profile.json",
    "profile.copy.json",
    "vault.db",
    "vault.db.copy",
    "key.check",
    "desk.db",
    "cache.db",
    "requests.log",
)
"""What is stored of a profile; not its lock, and not its log, which names folders of a computer."""

SNIPPETS = {
    "Ask for the order number": "Hi {name},\n\nCould you send me the order number of {number}?\n\nKind regards,\nJane",
    "Groet (Ürün 出荷)": "Beste {full name},\n\nBedankt voor uw bericht. 出荷しました。 🚚",
}
REPLY = "Dear {name},\n\nthank you for writing. A colleague looks into it today.\n\nKind regards,\nJane"


def package(name: str) -> Any:
    """Return a module of version 0.1."""
    return importlib.import_module(f"deskhand.{name}")


bootstrap, commands, threads, desk = map(package, ("bootstrap", "domain.commands", "domain.threads", "services.desk"))
queries, plain, demo, resolutions = map(
    package, ("domain.queries", "domain.plain", "demo.accounts", "domain.resolutions")
)
TicketKey, VendorId = package("domain.ids").TicketKey, package("domain.ids").VendorId


class Sandbox:
    """The sandbox of version 0.1 in a process of its own."""

    def __init__(self) -> None:
        options = ("--json", "--attached", "--no-rate-limits", "--tickets", str(TICKETS))
        self._process = subprocess.Popen(
            (*PROGRAM, "sandbox", *options), stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
        )
        assert self._process.stdout is not None
        told = json.loads(self._process.stdout.readline())
        self._control = told["control"]
        self.vendors = {name: package("demo.box").Vendor(name, **one) for name, one in told["vendors"].items()}

    def ask(self, path: str, method: str = "GET", body: object = None) -> Any:
        data = json.dumps(body).encode() if body else None
        headers, address = {"content-type": "application/json"}, self._control + path
        request = urllib.request.Request(address, data, headers, method=method)  # noqa: S310 - loopback
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request, timeout=15) as answer:
            return json.load(answer)

    def fault(self, vendor: str, kind: str, *, reading: bool = False, **rule: object) -> None:
        methods = ["GET"] if reading else ["POST", "PUT", "PATCH"]
        self.ask(f"/{vendor}/faults", "POST", {"kind": kind, "methods": methods, **rule})

    def works_again(self) -> None:
        for vendor in self.vendors:
            self.ask(f"/{vendor}/faults", "DELETE")

    def end(self) -> None:
        self._process.communicate(timeout=20)


@dataclass(frozen=True)
class Profile:
    """A folder, and the passphrase in a file beside it."""

    folder: Path

    def command(self, *typed: str) -> tuple[str, ...]:
        file = self.folder.with_name("passphrase")
        file.write_text(PASSPHRASE + "\n", encoding="utf-8")
        return (
            *PROGRAM,
            "--profile",
            str(self.folder),
            "--vault",
            "passphrase",
            "--passphrase-file",
            str(file),
            *typed,
        )

    @asynccontextmanager
    async def open(self, *, settle: float = 60) -> AsyncIterator[Any]:
        """Open it as a command does: nothing polls or sends by itself."""

        async def passphrase(_new: bool) -> str:  # noqa: FBT001 - the port's own shape
            return PASSPHRASE

        profile = package("store.profile").Profile.of(self.folder)
        lock = bootstrap.own(self.folder)
        profile, vault = await bootstrap.open_vault(profile, "passphrase", passphrase)
        rules = bootstrap.Rules(settling=package("sync.settling").__dict__["Settling"](seconds=settle))
        opened = await bootstrap.open_profile(profile, vault, lock, package("diagnostics.redaction").Redactor(), rules)
        try:
            await opened.house.engine.open_without_running()
            yield opened
        finally:
            await opened.aclose()


class Agent:
    """What an agent does in an opened profile."""

    def __init__(self, opened: Any, sandbox: Sandbox) -> None:
        self.house, self.store, self.sandbox = opened.house, opened.store, sandbox

    def account(self, vendor: str) -> Any:
        return next(one for one in self.house.accounts.all() if one.vendor == vendor)

    async def keys(self, vendor: str, scope: str = "all") -> list[Any]:
        """Return the tickets of a vendor, in the order of their ids, so that each is used once."""
        found = await self.house.views.select(queries.TicketQuery(queries.Scope(scope), self.account(vendor).id), 1000)
        return sorted(found, key=lambda key: key.remote)

    async def sign_in(self) -> None:
        await demo.sign_in(self.house, _Box(self.sandbox), lambda _words: None)
        for problem in (await self.house.engine.once()).values():
            assert problem is None, problem
        for vendor in ("nexuscore", "thena", "mijnklantportaal", "routera"):
            for key in await self.keys(vendor):
                await self.house.reading.refresh(key)

    async def look_around(self) -> None:
        """Read some tickets, and choose the settings that an agent can choose."""
        for vendor in ("nexuscore", "thena", "mijnklantportaal"):
            first, second, *_ = await self.keys(vendor)
            await self.house.reading.set_read([first, second])
            await self.house.reading.set_read([second], unread=True)
        settings = self.house.settings
        await settings.set_undo_seconds(45)
        await settings.set_letter_keys(on=False)
        for title, text in SNIPPETS.items():
            await settings.keep_snippet(title, text)
        await settings.put("window.theme", "dark")
        await settings.put("window.layout", json.dumps({"panes": dragged_panes()}))
        await settings.put("window.unfolded", json.dumps([self.account("routera").id, self.account("thena").id]))
        setting_of = package("domain.accounts").setting_of
        form = {"subject": "Half a ticket", "title": "Half a ticket", "tags": ["first", "second"]}
        await settings.put(setting_of(self.account("nexuscore").id, "form"), json.dumps(form, ensure_ascii=False))
        record = {"external_id": "C-1", "name": "Ångström & Søn", "email": "post@example.org"}
        kind = self.account("thalamus").capabilities.records[0].kind
        await settings.put(
            setting_of(self.account("thalamus").id, f"form/{kind}"), json.dumps(record, ensure_ascii=False)
        )

    async def write_drafts(self) -> None:
        """Leave a reply with everything in it, a note under way, values half typed, and notes for this computer only."""
        key, other, third, *_ = await self.keys("nexuscore")
        view = await self.house.reading.view(key)
        file = await self.house.drafts.attach("Rechnung März.txt", "text/plain", "Betrag: 219,05 €\n".encode())
        extra = {threads.CC_TYPED: "half@exam", threads.CC_BY_HAND: "1"}
        await self.house.drafts.keep(
            key,
            threads.Draft(
                desk.REPLY,
                "Dear Sofie,\n\nit is on its way.",
                "<p>Dear Sofie,</p><p>it is <b>on its way</b>.</p>",
                ("copy@example.org",),
                (file,),
                12,
                view.newest,
                extra=extra,
            ),
        )
        await self.house.drafts.keep(other, threads.Draft(desk.NOTE, "Asked the warehouse, they", cursor=25))
        await self.house.drafts.keep(
            third, threads.Draft(threads.VALUES, "", extra={"subject": "Another subj", "tags": "urg"})
        )
        for vendor, text in (("thena", "Call back on Monday.\nWas friendly."), ("thalamus", "Only known here.")):
            await self.house.reading.add_local_note((await self.keys(vendor))[0], text)

    async def reply(self, key: Any, text: str = REPLY, *, hold: bool = False, **more: Any) -> str:
        view = await self.house.reading.view(key)
        then = more.pop("then", None)
        draft = threads.Draft(desk.REPLY, text.replace("{name}", "customer"), seen=view.newest, **more)
        return _accepted(await self.house.desk.send(key, draft, then=then, hold=hold))

    async def note(self, key: Any, text: str) -> str:
        return _accepted(await self.house.desk.send(key, threads.Draft(desk.NOTE, text), hold=False))

    async def delivery(self, item: str) -> tuple[str, str]:
        found = await self.store.outbox.get(item)
        return found.delivery.value, found.proof or (found.ask.value if found.ask else "")

    async def sent(self) -> None:
        """Send what arrives, and what arrives although its answer is lost; read a history, and a conversation that is no such thing."""
        nexuscore, portal = await self.keys("nexuscore"), await self.keys("mijnklantportaal", "open")
        photo = await self.house.drafts.attach("photo.png", "image/png", bytes(range(64)))
        answered = await self.reply(portal[0], files=(photo,))
        found = await self.reply(nexuscore[3])
        self.sandbox.fault("nexuscore", "accept_and_drop", path=nexuscore[3].remote, times=1)
        await self._change_priority(nexuscore[2])
        await self.house.engine.drain(30)
        await self.house.reading.refresh(nexuscore[2])
        self.sandbox.fault("nexuscore", "html_instead", reading=True, path=nexuscore[1].remote)
        with suppress(package("domain.problems").DeskProblem):
            await self.house.reading.refresh(nexuscore[1])
        assert await self.delivery(answered) == ("sent", "answer"), await self.delivery(answered)
        assert await self.delivery(found) == ("sent", "found"), await self.delivery(found)
        self.sandbox.works_again()

    async def stopped(self) -> None:
        """Have items end where a person decides; of one of them the agent has said that it was sent."""
        nexuscore, thena = await self.keys("nexuscore"), await self.keys("thena", "open")
        newer = await self.reply(nexuscore[4])
        lost, said = (
            await self.reply(nexuscore[5]),
            await self.reply(nexuscore[6], "This one was confirmed by telephone."),
        )
        for key in nexuscore[5:7]:
            self.sandbox.fault("nexuscore", "drop_before", path=key.remote)
        self.sandbox.ask(
            "/nexuscore/speak", "POST", {"ticket": nexuscore[4].remote, "text": "Any news? I wait since Monday."}
        )
        refused = await self.note(thena[0], "This note is refused.")
        self.sandbox.fault("thena", "status", status=422, path="comment", body='{"message": "Comments are locked"}')
        choice = self._other_state(await self.house.reading.view(nexuscore[7]))
        changed = _accepted(
            await self.house.desk.change(
                nexuscore[7], commands.ChangeState("another than it is", choice.id, choice.word, choice.meaning)
            )
        )
        await self.house.engine.drain(20)
        assert await self.delivery(newer) == ("ask", "thread_changed"), await self.delivery(newer)
        assert await self.delivery(lost) == ("ask", "may_have_been_sent"), await self.delivery(lost)
        assert await self.delivery(refused) == ("failed", ""), await self.delivery(refused)
        assert await self.delivery(changed) == ("ask", "changed_by_others"), await self.delivery(changed)
        _accepted(await self.house.desk.resolve(said, threads.Resolution.WAS_SENT))
        assert await self.delivery(said) == ("sent", "agent"), await self.delivery(said)
        self.sandbox.works_again()

    async def cut_short(self) -> None:
        """Leave three items for a process that is killed: one that is tried again, one unknown, and one that is being sent.

        One vendor asks for a pause of an hour, for notes and for lists.
        """
        nexuscore, thena = await self.keys("nexuscore"), await self.keys("thena", "open")
        routera = (await self.keys("routera", "open"))[0]
        await self.note(thena[1], "This note waits for the vendor.")
        self.sandbox.fault("thena", "status", status=429, retry_after=3600)
        await self.reply(nexuscore[8], "Nobody knows whether this reply arrived.")
        self.sandbox.fault("nexuscore", "drop_before", path=nexuscore[8].remote)
        choice = self._other_state(await self.house.reading.view(routera))
        view = await self.house.reading.view(routera)
        await self.house.desk.change(
            routera, commands.ChangeState(view.confirmed.state_id, choice.id, choice.word, choice.meaning)
        )
        self.sandbox.fault("routera", "latency", seconds=60, path=routera.remote)
        self.sandbox.fault("thena", "status", reading=True, status=429, retry_after=3600, path="/v1/tickets")
        with suppress(package("domain.problems").Throttled):
            await self.house.accounts.check(self.account("thena").id)

    async def queue_one_of_each(self) -> None:
        """Put every kind of command into the outbox, wherever a vendor takes it, and hold a reply for the time to undo it."""
        await self.house.accounts.pause(self.account("thalamus").id, paused=True)
        for vendor in self.sandbox.vendors:
            await self._queue(vendor)
        nexuscore = (await self.keys("nexuscore"))[9]
        choice = self._other_state(await self.house.reading.view(nexuscore))
        view = await self.house.reading.view(nexuscore)
        then = commands.ChangeState(view.confirmed.state_id, choice.id, choice.word, choice.meaning)
        await self.reply(nexuscore, "Held for the time to undo it.", hold=True, cc=("copy@example.org",), then=then)

    async def _queue(self, vendor: str) -> None:
        account = self.account(vendor)
        capabilities, key = account.capabilities, (await self.keys(vendor))[-1]
        view = await self.house.reading.view(key)
        base, ticket = view.confirmed, view.ticket
        state = self._other_state(view)
        priority = next((one for one in capabilities.priorities if one.id != base.priority_id), None)
        field = next(iter(capabilities.custom_fields), None)
        wanted = [
            commands.EditTags(("vip", "zürich"), tuple(ticket.tags[:1])),
            commands.Assign(ticket.assignee_seen, replace(capabilities.agents[0]) if capabilities.agents else None),
            commands.EditField("subject", "Subject", ticket.subject, f"{ticket.subject} (2)"),
            commands.ArchiveTicket(),
        ]
        if state is not None:
            wanted.append(commands.ChangeState(base.state_id, state.id, state.word, state.meaning))
        if priority is not None:
            wanted.append(commands.ChangePriority(base.priority_id, priority.id, priority.word, priority.meaning))
        if field is not None:
            wanted.append(commands.EditField(field.name, field.label, ticket.fields.get(field.name), "7"))
        wanted += [commands.DispatchTicket(*router) for router in capabilities.routers[:1]]
        for action in wanted:
            await self.house.desk.change(key, action)  # refused where the vendor has no such thing
        form = {one.name: _filled(one) for one in capabilities.create_form if one.required}
        if form:
            _accepted(await self.house.desk.create(account.id, form, f"A new ticket at {vendor}"))
        if capabilities.records:
            record = capabilities.records[0]
            fields = {one.name: _filled(one) for one in record.fields if one.required}
            await self.house.records.push(account.id, record.kind, f"{vendor}-1", fields)
        if not await self.house.desk.why_not(key, commands.SendReply("x")):
            await self.reply(key)

    async def _change_priority(self, key: Any) -> None:
        view = await self.house.reading.view(key)
        other = next(one for one in view.capabilities.priorities if one.id != view.confirmed.priority_id)
        change = commands.ChangePriority(view.confirmed.priority_id, other.id, other.word, other.meaning)
        _accepted(await self.house.desk.change(key, change))

    @staticmethod
    def _other_state(view: Any) -> Any:
        group = view.ticket.shelf.id if view.ticket.shelf else None
        choices = view.capabilities.states_for(group)
        return next((one for one in choices if one.id != view.confirmed.state_id), None)


class _Box:
    """The sandbox as the demo of version 0.1 asks it when it signs in."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.vendors = tuple(sandbox.vendors.values())
        self.tickets: Callable[[str], Any] = lambda vendor: sandbox.ask(f"/{vendor}/tickets")


def _accepted(outcome: Any) -> str:
    assert isinstance(outcome, desk.Accepted), outcome
    return str(outcome.command)


def _filled(field: Any) -> object:
    if field.choices:
        return field.choices[0][0]
    return {"email": "new@example.org", "number": "3", "date": "2026-12-24", "check": True}.get(
        field.kind.value, f"{field.label} é"
    )


def kill_while_sending(profile: Profile) -> None:
    """Run `outbox drain` and kill it once everything is on its way."""
    process = subprocess.Popen(profile.command("outbox", "drain", "--timeout", "60"), stderr=subprocess.DEVNULL)
    time.sleep(8)
    process.kill()
    process.wait()


def dragged_panes() -> str:
    """Return where the window's three panes stand after an agent has dragged their edges, as Qt writes it."""
    from PySide6.QtWidgets import QApplication, QSplitter, QWidget

    application, panes = QApplication([]), QSplitter()
    for _ in range(3):
        panes.addWidget(QWidget())
    panes.resize(1280, 800)
    panes.setSizes([300, 460, 520])
    state = bytes(panes.saveState().toBase64().data()).decode("ascii")
    application.shutdown()
    return state


def show_window(profile: Profile, picture: Path) -> None:
    """Start the window once and end it, so that it stores where its panes stand."""
    options = ("--platform", "offscreen", "--size", "1280x820", "--screenshot", str(picture))
    subprocess.run(profile.command(*options), check=True, timeout=120)


# --- what version 0.1 says of it ---


async def stored(opened: Any) -> dict[str, Any]:
    """Return all that the stores give back, as version 0.1 writes it, and the words of the outbox's decisions."""
    house, store = opened.house, opened.store
    labels = {account.id: account.label for account in house.accounts.all()}
    keys = [TicketKey(account, ticket.remote) for account in labels for ticket in await _all(house, account)]
    items = await store.outbox.recent(1000)
    kinds = {commands.kind_of(item.command.action) for item in items}
    assert kinds == set(commands.ACTIONS), sorted(set(commands.ACTIONS) - kinds)
    seen = [await _ticket(store, key) for key in keys]
    assert any(one["gap"] for one in seen), "no gap"
    assert any(one["history"] for one in seen), "no history"
    deliveries = {item.delivery.value for item in items}
    assert deliveries == {one.value for one in threads.Delivery}, deliveries
    blobs = {file.blob for _, draft in await store.drafts.all() for file in draft.files}
    overview = house.views.overview()
    return {
        "accounts": [plain.to_plain(account) for account in house.accounts.all()],
        "statuses": {labels[of]: plain.to_plain(one) for of, one in (await store.accounts.statuses()).items()},
        "secrets": {
            label: sha256((await opened.vault.get(account)).encode()).hexdigest() for account, label in labels.items()
        },
        "settings": dict(await store.settings.with_prefix("")),
        "outbox": [plain.to_plain(item) for item in items],
        "decisions": {item.command.id: _options(item) for item in items if item.delivery.needs_agent},
        "drafts": [[labels[key.account], key.remote, plain.to_plain(draft)] for key, draft in await store.drafts.all()],
        "files": {blob: (await store.blobs.get(blob)).hex() for blob in sorted(blobs)},
        "counts": {
            "scopes": {scope.value: count for scope, count in overview.scopes.items()},
            "accounts": {labels[of]: count for of, count in overview.accounts.items()},
            "outbox": [overview.outbox_open, overview.outbox_asks],
        },
        "observed": {
            label: plain.to_plain(await store.tickets.known_words(account)) for account, label in labels.items()
        },
        "tickets": [[labels[key.account], key.remote, one] for key, one in zip(keys, seen, strict=True)],
    }


def _options(item: Any) -> list[list[str]]:
    return [[option.how.value, option.label] for option in resolutions.options(item)]


async def _all(house: Any, account: str) -> list[Any]:
    found = await house.views.select(queries.TicketQuery(queries.Scope.ALL, account), 1000)
    return sorted(found, key=lambda key: key.remote)


async def _ticket(store: Any, key: Any) -> dict[str, Any]:
    read_at = await store.threads.read_at(key)
    return {
        "ticket": plain.to_plain(await store.tickets.get(key)),
        "messages": [plain.to_plain(message) for message in await store.threads.messages(key)],
        "history": [plain.to_plain(entry) for entry in await store.threads.history(key)],
        "sent_ids": sorted(await store.outbox.claimed(key)),
        "read_at": plain.to_plain(read_at),
        "gap": await store.threads.gap(key),
    }


def reading_commands(said: Mapping[str, Any]) -> list[list[str]]:
    """Return the commands that read a profile and print JSON, each with its options."""
    accounts = [account["label"] for account in said["accounts"]]
    tickets = [one["ticket"] for _, _, one in said["tickets"]]
    full = next(one for one in tickets if one["tags"] and one["requester"] and one["shelf"])
    filters = [
        ["--limit", "3"],
        ["--unread"],
        ["--tag", full["tags"][0]],
        ["--shelf", full["shelf"]["id"]],
        ["--vendor-state", full["vendor_state"]],
        ["--requester", full["requester"]["email"]],
        ["--search", full["subject"].split()[0]],
        *(["--account", each] for each in accounts),
        *(["--scope", scope.value] for scope in queries.Scope),
        *(["--state", state.value] for state in package("domain.tickets").State),
    ]
    shown = [["show", f"{label}/{remote}", "--offline"] for label, remote, _ in said["tickets"]]
    return [["accounts", "list"], ["outbox"], ["tickets"], *(["tickets", *one] for one in filters), *shown]


class _Lines:
    """A console that keeps what is printed."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.out = self.block = self.lines.append

    def err(self, _text: str) -> None: ...


async def answer(opened: Any, typed: list[str]) -> Any:
    """Return what a command of version 0.1 prints."""
    parser, console = package("__main__").parser(), _Lines()
    code = await package("cli.program").run(parser.parse_args([*typed, "--json"]), opened.house, console)
    assert code == 0, typed
    return json.loads("\n".join(console.lines))


async def work(profile: Profile, sandbox: Sandbox, picture: Path) -> None:
    async def session(*steps: Callable[[Agent], Awaitable[None]], settle: float = 60) -> None:
        async with profile.open(settle=settle) as opened:
            for step in steps:
                await step(Agent(opened, sandbox))

    await session(Agent.sign_in, Agent.look_around)
    await asyncio.to_thread(show_window, profile, picture)
    await session(Agent.sent)
    await session(Agent.stopped, settle=2)
    await session(Agent.write_drafts, Agent.cut_short)
    await asyncio.to_thread(kill_while_sending, profile)
    sandbox.works_again()
    await session(Agent.queue_one_of_each)


async def record(profile: Profile) -> None:
    """Write what version 0.1 says of the profile, once nothing depends on how long ago something was asked for."""
    await asyncio.sleep(12)
    async with profile.open() as opened:
        said = await stored(opened)
        at = datetime.now(UTC)
        answers = [{"command": typed, "answer": await answer(opened, typed)} for typed in reading_commands(said)]
    _write("stored.json", said)
    _write("answers.json", {"at": at.isoformat(), "answers": answers})


def _write(name: str, parts: Mapping[str, object]) -> None:
    """Write JSON with one line for each entry of a part."""

    def lines(value: object) -> str:
        if isinstance(value, list):
            return "[\n" + ",\n".join(json.dumps(one, ensure_ascii=False) for one in value) + "\n]"
        return json.dumps(value, ensure_ascii=False)

    text = ",\n".join(f"{json.dumps(key)}: {lines(value)}" for key, value in parts.items())
    (FOLDER / name).write_text(f"{{\n{text}\n}}\n", encoding="utf-8", newline="\n")


def shrink(folder: Path, key: str) -> None:
    """Empty the logs of both databases into them, and leave no unused page."""
    import apsw

    for name in ("desk.db", "cache.db"):
        db = apsw.Connection(str(folder / name))
        db.pragma("cipher", "aegis")
        db.pragma("key", f"raw:{key}")
        db.execute("VACUUM").fetchall()
        db.wal_checkpoint(mode=apsw.SQLITE_CHECKPOINT_TRUNCATE)
        db.close()


async def key_of(profile: Profile) -> str:
    async with profile.open() as opened:
        return str(await opened.vault.get(bootstrap.DATABASE_KEY))


def main() -> None:
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    with tempfile.TemporaryDirectory() as folder:
        profile, copy, sandbox = Profile(Path(folder, "profile")), Path(folder, "copy"), Sandbox()
        try:
            asyncio.run(work(profile, sandbox, Path(folder, "window.png")))
        finally:
            sandbox.end()
        shutil.copytree(profile.folder, copy)
        asyncio.run(record(Profile(copy)))
        shrink(profile.folder, asyncio.run(key_of(Profile(copy))))
        FOLDER.mkdir(parents=True, exist_ok=True)
        for name in FILES:
            shutil.copyfile(profile.folder / name, FOLDER / name)


if __name__ == "__main__":
    main()
