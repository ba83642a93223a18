"""A message's own pictures: at once from the account's server, and from another host only when the agent asks."""

import base64
import json
from pathlib import Path

from tests.helpers.errands import conversations, open_ticket, way_in
from tests.helpers.running import Place, running
from tests.helpers.spoiling import spoiling
from tests.helpers.vendors import answering, raw_server, reply

from deskhand.domain.accounts import Secret
from deskhand.services.accounts import AccountForm, Added
from deskhand.services.services import House
from deskhand_sandbox.sandbox import serving

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
ACCOUNT = "Retail EU"


async def test_a_part_of_a_message_on_another_host_is_fetched_only_after_the_agent_asked(tmp_path: Path) -> None:
    elsewhere, asked = answering(reply("200 OK", PNG, "image/png"))
    with serving(tickets=40, only=("nexuscore",)) as box:
        server = box["nexuscore"]
        ticket = conversations(server)[0]
        async with raw_server(elsewhere) as foreign, spoiling(server.base_url) as (address, spoiler):
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
                spoiler.answer = (lambda _: reply("200 OK", PNG, "image/png")) if picture else answer
                if picture:
                    own.append(path)
                return picture or (method == "GET" and path == f"/v1/tickets/{ticket['id']}")

            spoiler.hits = hits

            async def add(house: House) -> None:
                info, kind = way_in(server)
                given = server.credentials
                settings = {one.name: given[one.name] for one in kind.fields if not one.secret and one.name in given}
                form = AccountForm(info.id, ACCOUNT, address, server.seed_data.me.email, kind.id, settings)
                assert isinstance(await house.accounts.add(form, Secret(given[kind.secret.name])), Added)

            async with running(Place(tmp_path / "profile"), before=add) as desk:
                await desk.until(lambda: desk.in_step(ACCOUNT))
                await open_ticket(desk, ticket["subject"])
                await desk.until(lambda: own, "the picture of the account's own server is fetched at once")
                await desk.until_says("1 remote image from 127.0.0.1 was not loaded.")
                assert asked == []
                desk.press("Show once")
                await desk.until(lambda: asked, "and the other one once the agent asked")
                await desk.until(lambda: "was not loaded" not in desk.words(), "the line goes with it")
            assert [first for first, _, _ in asked] == ["GET /far.png HTTP/1.1"]
            assert "authorization" not in asked[0][1]
