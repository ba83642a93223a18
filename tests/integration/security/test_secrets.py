"""S01: secrets of every vendor through every failure that could print them, and then a search through all that was written.

The composition is the product's own: profile, passphrase vault, log file, crash reporter, services. The servers give back whatever
they were sent, as a debugging proxy or a careless vendor does.
"""

import asyncio
import base64
import copy
import json
import logging
import os
import pickle
import ssl
import subprocess
import sys
import tempfile
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import quote, quote_plus

import pytest
from tests.helpers.raw_servers import Handler, raw_server, read_request

from deskhand import bootstrap
from deskhand.diagnostics import logs
from deskhand.diagnostics.crash import CrashReporter
from deskhand.diagnostics.redaction import Redactor
from deskhand.domain import wording
from deskhand.domain.accounts import Secret, SignIn
from deskhand.domain.ids import AccountId, VendorId
from deskhand.domain.ports import Vault
from deskhand.domain.problems import DeskProblem, VaultReason, VaultUnavailable
from deskhand.profile.profile import Profile
from deskhand.services.accounts import AccountForm, Added, NotAdded
from deskhand.vendors.registry import REGISTRY

UNTRUSTED = Path(__file__).parents[2] / "helpers" / "untrusted.pem"
VENDORS = tuple(REGISTRY)
STATUSES = (400, 401, 402, 403, 404, 405, 409, 413, 422, 426, 428, 500, 501, 302, 407)


def canary(vendor: str) -> str:
    """Return a secret of letters that every encoding writes differently."""
    return f'cnry-{vendor}/+"q<&\\9%zz=~'


def shapes(secret: str) -> set[bytes]:
    """Return how a secret would look in a file, by whatever way it came there."""
    raw = secret.encode()
    texts = {secret, json.dumps(secret)[1:-1], json.dumps(json.dumps(secret))[3:-3], repr(secret)[1:-1], secret[::-1]}
    texts |= {quote(secret, safe=""), quote(secret), quote_plus(secret), quote(secret, safe="").lower()}
    texts |= {raw.hex(), raw.hex().upper(), secret.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")}
    for before in range(3):
        coded = base64.b64encode(b"\0" * before + raw).decode()[-(-before * 8 // 6) : (before + len(raw)) * 8 // 6]
        texts |= {coded, coded.replace("+", "-").replace("/", "_")}
    # The characteristic beginning too: a secret that was cut is still one.
    texts.add(secret[:12])
    return {text.encode(found) for text in texts for found in ("utf-8", "utf-16-le")}


def hits(data: bytes, secrets: dict[str, set[bytes]]) -> list[str]:
    return [secret for secret, forms in secrets.items() if any(form in data for form in forms)]


def echoing(status: str, kind: str, *, cut: bool = False) -> Handler:
    """Answer with everything that was asked, headers and body, in the body, in the headers and in the reason."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while True:
            first, headers, body = await read_request(reader)
            told = headers.get("authorization") or headers.get("x-api-key") or headers.get("api-key") or ""
            said = f"{first} {headers} {body.decode('latin-1')}"
            if "json" in kind:
                said = json.dumps({"error": told, "message": said, "errors": {told or "x": [said]}, "access_token": 5})
            data = said.encode()
            writer.write(
                f"HTTP/1.1 {status}\r\ncontent-type: {kind}\r\ncontent-length: {len(data) + 50 * cut}\r\n"
                f"www-authenticate: Bearer realm={told}\r\nlocation: http://127.0.0.1:9/?key={quote(told)}\r\n"
                f"retry-after: 0{told}\r\nx-request-id: {told}\r\n\r\n".encode()
                + data
            )
            await writer.drain()
            if cut:
                return

    return answer


async def hanging_up(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await read_request(reader)
    writer.transport.abort()


async def no_http(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    _, headers, _ = await read_request(reader)
    writer.write(str(headers).encode() + b"\r\n\r\n")


async def loud_headers(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    _, headers, _ = await read_request(reader)
    writer.write(b"HTTP/1.1 200 OK\r\nx: " + str(headers).encode() * 2_000 + b"\r\n\r\n")


KINDS: dict[str, Handler] = {
    **{f"{status} as JSON": echoing(f"{status} {status}", "application/json") for status in STATUSES},
    "a web page that says all is well": echoing("200 OK", "text/html"),
    "a web page that says no": echoing("403 No", "text/html"),
    "text": echoing("500 Oh", "text/plain"),
    "JSON of another shape": echoing("200 OK", "application/json"),
    "JSON that is none": echoing("200 OK", "text/json"),
    "a body that is cut": echoing("200 OK", "application/json", cut=True),
    "an unpackable body": echoing("200 OK", "application/json\r\ncontent-encoding: gzip"),
    "no answer": hanging_up,
    "no HTTP": no_http,
    "headers without end": loud_headers,
}


class BrokenVault:
    """A vault whose backend prints what it was given."""

    name = "a broken keyring"

    def __init__(self, inner: Vault) -> None:
        self._inner = inner
        self.broken = False

    async def get(self, item: str) -> str | None:
        return await self._inner.get(item)

    async def put(self, item: str, secret: str) -> None:
        if self.broken:
            raise VaultUnavailable(VaultReason.DENIED, f"cannot store {secret!r}")
        await self._inner.put(item, secret)

    async def delete(self, item: str) -> None:
        await self._inner.delete(item)


@asynccontextmanager
async def program(folder: Path) -> AsyncIterator[tuple[bootstrap.OpenProfile, CrashReporter, BrokenVault]]:
    ownership = bootstrap.lock_profile(folder)
    redactor = Redactor()
    logs.configure(folder / "logs", redactor, verbose=True)
    crashes = CrashReporter(folder / "logs", redactor, lambda _path: None)
    crashes.install()
    asyncio.get_running_loop().set_exception_handler(crashes.from_loop)

    async def passphrase(_new: bool) -> str:  # noqa: FBT001 - the port's own shape
        return "correct horse battery"

    try:
        profile, vault = await bootstrap.open_vault(Profile.open_or_create(folder), "passphrase", passphrase)
        broken = BrokenVault(vault)
        opened = await bootstrap.open_profile(profile, broken, ownership, redactor)
        yield opened, crashes, broken
        await opened.aclose()
        bootstrap.close_vault(vault)
    finally:
        crashes.uninstall()
        logs.release()


def form(vendor: str, base_url: str) -> AccountForm:
    info = REGISTRY[VendorId(vendor)].info
    settings = {field.name: "client-7" for field in info.kinds[0].fields if not field.secret}
    return AccountForm(info.id, f"{vendor} {base_url}", base_url, "jane@example.com", info.kinds[0].id, settings)


def fail_in_every_way(secret: str, crashes: CrashReporter) -> None:
    """Crash with the secret in the message, in a local, in a thread, in arguments of a log record that do not fit."""
    log = logging.getLogger("deskhand.canary")
    problem = RuntimeError(secret, {"client_secret": secret, "nested": [secret]})
    crashes.report(problem, f"with {secret}")
    log.error("told %s", secret, exc_info=problem)
    log.warning("does not fit %d %s", secret)  # noqa: PLE1206 - that is the point
    log.info("Authorization: Bearer %s", base64.b64encode(secret.encode()).decode())

    def crash() -> None:
        raise ValueError(secret)

    thread = threading.Thread(target=crash)
    thread.start()
    thread.join()


@pytest.fixture
def scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Every temporary file of the test lies here."""
    folder = tmp_path / "tmp"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    level = logging.getLogger("deskhand").level
    yield folder
    logging.getLogger().setLevel(logging.WARNING)
    logging.getLogger("deskhand").setLevel(level)


@pytest.mark.expects_errors
async def test_no_failure_leaves_a_secret_anywhere(tmp_path, scratch, capfd):
    profile = tmp_path / "profile"
    said: list[str] = []
    async with program(profile) as (opened, crashes, vault):
        accounts = opened.services.accounts

        async def fail(vendor: str, base_url: str) -> None:
            outcome = await accounts.add(form(vendor, base_url), Secret(canary(vendor)))
            said.append(f"{outcome!r} {outcome}")
            assert isinstance(outcome, NotAdded | Added)

        async def through(handler: Handler) -> None:
            async with raw_server(handler) as base:
                await asyncio.gather(*(fail(vendor, base) for vendor in VENDORS))

        untrusted = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        untrusted.load_cert_chain(UNTRUSTED)
        async with raw_server(hanging_up, untrusted) as tls, raw_server(hanging_up) as clear:
            bad: tuple[str, ...] = (
                tls,
                clear.replace("http:", "https:"),
                "http://127.0.0.1:9",
                "https://nowhere.invalid",
                "http://10.0.0.1",
            )
            bad += (f"https://user:{canary('x')}@host.example", f"https://host.example/?key={canary('x')}")
            addresses = [fail(vendor, address) for vendor in VENDORS for address in bad]
            # All at once: what is tried again waits a second or two in between.
            await asyncio.gather(*addresses, *(through(handler) for handler in KINDS.values()))
        vault.broken = True
        async with raw_server(echoing("200 OK", "application/json")) as base:
            await fail("thalamus", base)
        vault.broken = False
        for vendor in VENDORS:
            fail_in_every_way(canary(vendor), crashes)
        opened.services.engine._context.report("a task", KeyError(canary("thena")))
        await opened.store.tidy()
    secrets = {canary(vendor): shapes(canary(vendor)) for vendor in VENDORS}
    written = [path for root in (profile, scratch) for path in root.rglob("*") if path.is_file()]
    assert {"desk.db", "cache.db", "deskhand.log"} <= {path.name for path in written}
    assert sum(path.name.startswith("crash-") for path in written) >= 5
    for path in written:
        assert hits(path.read_bytes(), secrets) == [], path.name
    out, err = capfd.readouterr()
    assert len(err) > 1000, "nothing was said, so nothing was searched"
    assert hits((out + err).encode(), secrets) == []
    assert hits("\n".join(said).encode(), secrets) == []
    assert len(said) >= 5 * 30
    logged = (profile / "logs" / "deskhand.log").read_bytes()
    assert b"[redacted]" in logged


@pytest.mark.parametrize(
    "show",
    [
        repr,
        str,
        format,
        "{}".format,
        "{!r}".format,
        lambda secret: f"{secret}",
        lambda secret: "%s %r" % (secret, secret),  # noqa: UP031 - one more way
    ],
)
def test_a_secret_shows_itself_in_no_text(show: Callable[[object], str]):
    secret = Secret(canary("x"))
    account = AccountId("a")
    sign_in = SignIn(account, "https://x.example", "key", {}, secret)
    held = (
        secret,
        sign_in,
        [secret],
        {"s": sign_in},
        ValueError(secret),
        NotAdded("no"),
        form("thena", "https://x.example"),
    )
    for one in held:
        assert "cnry" not in show(one)


def test_a_secret_is_neither_pickled_nor_written_as_json_nor_copied_into_a_state():
    secret = Secret(canary("x"))
    with pytest.raises(TypeError):
        pickle.dumps(secret)
    with pytest.raises(TypeError):
        json.dumps(secret)
    with pytest.raises(TypeError):
        copy.copy(secret)
    assert not hasattr(secret, "__dict__")


@pytest.mark.parametrize("vendor", VENDORS)
async def test_every_problem_that_a_vendor_raises_is_free_of_its_secret(vendor):
    secrets = {canary(vendor): shapes(canary(vendor))}
    settings = form(vendor, "").settings
    async with raw_server(echoing("401 No", "application/json")) as base:
        sign_in = SignIn(
            AccountId("a"), base, form(vendor, base).kind, settings, Secret(canary(vendor)), "j@example.com"
        )
        connection = REGISTRY[VendorId(vendor)].connect(sign_in)
        raised: list[DeskProblem] = []
        try:
            await connection.check()
        except DeskProblem as problem:
            raised.append(problem)
        finally:
            await connection.aclose()
    for one in raised:  # a vendor that is only written to has nothing to ask for
        told = f"{one!r} {one} {one.detail} {wording.problem(one, vendor)} {one.__context__!r}"
        assert hits(told.encode(), secrets) == []
    assert raised or vendor == "thalamus"


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_the_command_line_and_the_environment_of_a_running_command_hold_no_secret(tmp_path):
    secret = canary("thena")
    seen: dict[str, bytes] = {}
    running: list[subprocess.Popen[bytes]] = []

    async def look(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await read_request(reader)
        place = Path("/proc") / str(running[0].pid)
        seen.update({name: (place / name).read_bytes() for name in ("cmdline", "environ", "comm")})
        writer.write(b"HTTP/1.1 401 No\r\ncontent-length: 0\r\n\r\n")
        await writer.drain()

    words = tmp_path / "words"
    words.write_text("correct horse battery")
    profile, scratch = tmp_path / "profile", tmp_path / "tmp"
    scratch.mkdir()

    async def run() -> tuple[bytes, bytes]:
        async with raw_server(look) as base:
            arguments = [
                "--profile",
                str(profile),
                "--verbose",
                "--vault",
                "passphrase",
                "--passphrase-file",
                str(words),
            ]
            arguments += ["accounts", "add", "thena", "--label", "T", "--base-url", base, "--secret-stdin"]
            env = {**os.environ, "TMPDIR": str(scratch), "DBUS_SESSION_BUS_ADDRESS": "disabled:"}
            pipe = subprocess.PIPE
            running.append(
                subprocess.Popen(  # noqa: ASYNC220 - a millisecond, and its number is needed at once
                    [sys.executable, "-m", "deskhand", *arguments], stdin=pipe, stdout=pipe, stderr=pipe, env=env
                )
            )
            return await asyncio.to_thread(running[0].communicate, secret.encode() + b"\n", 60)

    out, err = asyncio.run(run())
    assert running[0].returncode in (1, 3), err
    assert set(seen) == {"cmdline", "environ", "comm"}
    secrets = {secret: shapes(secret), "the passphrase": {b"horse battery"}}
    for data in (*seen.values(), out, err):
        assert hits(data, secrets) == []
    for path in (*profile.rglob("*"), *scratch.rglob("*")):
        if path.is_file():
            assert hits(path.read_bytes(), secrets) == [], path.name
