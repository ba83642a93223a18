"""The access token of an account that is only being added is as secret as every other one."""

import asyncio
import json
from pathlib import Path

import pytest
from tests.helpers.raw_servers import raw_server, read_request, reply

from deskhand.bootstrap import Rules, build_services
from deskhand.diagnostics.redaction import MASK, Redactor
from deskhand.domain.accounts import Secret
from deskhand.domain.changes import ChangeBus
from deskhand.domain.ids import VendorId
from deskhand.http.clock import SystemClock
from deskhand.profile.profile import Profile
from deskhand.secrets.memory_vault import MemoryVault
from deskhand.services.accounts import AccountForm, NotAdded
from deskhand.store import open_store

TOKEN = "eyJhbGciOi-9aBcD3fGh1jKlMn0pQ"


@pytest.mark.parametrize("vendor", ["nexuscore", "routera"])
async def test_a_token_given_while_an_account_is_added_is_masked_in_logs(vendor: str, tmp_path: Path) -> None:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while True:
            first, _, _ = await read_request(reader)
            given = "token" in first
            data = {"access_token": TOKEN, "expires_in": 3600} if given else {"message": "no"}
            writer.write(reply("200 OK" if given else "403 Forbidden", json.dumps(data).encode()))
            await writer.drain()

    redactor, clock, vault, key = Redactor(), SystemClock(), MemoryVault(), Secret("5a" * 32)
    store = open_store(tmp_path, key, clock, ChangeBus())
    services = await build_services(store, vault, clock, redactor, Rules(), Profile(tmp_path, "test"))
    try:
        async with raw_server(serve) as base:
            form = AccountForm(VendorId(vendor), vendor, base, "jane@example.com", "", {"client_id": "client-7"})
            assert isinstance(await services.accounts.add(form, Secret("a-client-secret-of-ours")), NotAdded)
    finally:
        await services.engine.aclose()
        await store.aclose()
    assert redactor.redact(f"<{TOKEN}>") == f"<{MASK}>"
