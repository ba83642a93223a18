"""A message's own pictures: at once from the account's server, and from another host only when the agent asks."""

import base64
import json
from pathlib import Path

from tests.helpers.app_driver import ProfileSetup, run_on_profile
from tests.helpers.faulty_proxy import faulty_proxy
from tests.helpers.journey_steps import open_ticket, open_tickets_with_messages, sign_in_kind
from tests.helpers.raw_servers import canned_answers, raw_server, reply

from deskhand.domain.accounts import Secret
from deskhand.services.accounts import AccountForm, Added
from deskhand.services.services import Services
from deskhand_sandbox.sandbox import serving

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
ACCOUNT = "Retail EU"


async def test_a_part_of_a_message_on_another_host_is_fetched_only_after_the_agent_asked(tmp_path: Path) -> None:
    elsewhere, asked = canned_answers(reply("200 OK", PNG, "image/png"))
    with serving(tickets=40, only=("nexuscore",)) as box:
        server = box["nexuscore"]
        ticket = open_tickets_with_messages(server)[0]
        async with raw_server(elsewhere) as foreign, faulty_proxy(server.base_url) as (address, spoiler):
            own: list[str] = []
            message = {
                "id": "m-pictures",
                "author": {"type": "customer", "email": "ann@home.example", "name": "Ann"},
                "body": "Look",
                "body_html": '<p>Look: <img src="cid:near@1" alt="near"> <img src="cid:far@1" alt="far"></p>',
                "created_at": "2026-11-20T10:00:00Z",
                "attachments": [
                    {"id": "f1", "file_name": "near.png", "url": f"{address}/storage/near.png", "content_id": "near@1"},
                    {"id": "f2", "file_name": "far.png", "url": f"{foreign}/far.png", "content_id": "far@1"},
                ],
            }
            told = {"id": ticket["id"], "subject": ticket["subject"], "status": "open", "messages": [message]}

            def answer(_good: bytes) -> bytes:
                return reply("200 OK", json.dumps(told).encode())

            def hits(method: str, path: str) -> bool:
                picture = path.startswith("/storage/near.png")
                spoiler.make_response = (lambda _: reply("200 OK", PNG, "image/png")) if picture else answer
                if picture:
                    own.append(path)
                return picture or (method == "GET" and path == f"/v1/tickets/{ticket['id']}")

            spoiler.matches = hits

            async def add(services: Services) -> None:
                info, kind = sign_in_kind(server)
                given = server.credentials
                settings = {one.name: given[one.name] for one in kind.fields if not one.secret and one.name in given}
                form = AccountForm(info.id, ACCOUNT, address, server.seed_data.me.email, kind.id, settings)
                assert isinstance(await services.accounts.add(form, Secret(given[kind.secret.name])), Added)

            async with run_on_profile(ProfileSetup(tmp_path / "profile"), before=add) as driver:
                await driver.wait_until(lambda: driver.wait_synced(ACCOUNT))
                await open_ticket(driver, ticket["subject"])
                await driver.wait_until(lambda: own, "the picture of the account's own server is fetched at once")
                await driver.wait_for_text("1 remote image from 127.0.0.1 was not loaded.")
                assert asked == []
                driver.press("Show once")
                await driver.wait_until(lambda: asked, "and the other one once the agent asked")
                await driver.wait_until(lambda: "was not loaded" not in driver.visible_text(), "the line goes with it")
            assert [first for first, _, _ in asked] == ["GET /far.png HTTP/1.1"]
            assert "authorization" not in asked[0][1]
