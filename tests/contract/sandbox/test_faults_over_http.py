"""Faults as a client meets them: real sockets, real answers."""

import threading
import time

import httpx
import httpx_aiohttp
import pytest

PATH = "/v1/brands"
REPLY = {"author_type": "agent", "body": "Once only"}


@pytest.fixture
def faults(box):
    return box["nexuscore"].faults


@pytest.fixture
def ticket(nexus) -> str:
    found: str = nexus.get("/v1/tickets").json()["data"][0]["id"]
    return found


def test_a_dropped_answer_leaves_the_reply_in_place(box, nexus, faults, ticket):
    faults.accept_and_drop(methods=("POST",), path="/messages")
    with pytest.raises(httpx.RemoteProtocolError):
        nexus.post(f"/v1/tickets/{ticket}/messages", json=REPLY)
    assert [entry["text"] for entry in box["nexuscore"].received()] == ["Once only"]
    assert nexus.post(f"/v1/tickets/{ticket}/messages", json=REPLY).status_code == 201
    assert box["nexuscore"].counts()["POST /v1/tickets/{ticket_id}/messages"] == {"201": 1, "dropped": 1}


def test_a_gateway_that_gives_up_leaves_the_reply_in_place(box, nexus, faults, ticket):
    faults.accept_and_status(504, methods=("POST",), path="/messages")
    assert nexus.post(f"/v1/tickets/{ticket}/messages", json=REPLY).status_code == 504
    assert [entry["text"] for entry in box["nexuscore"].received()] == ["Once only"]
    assert box["nexuscore"].counts()["POST /v1/tickets/{ticket_id}/messages"] == {"504": 1}


def test_a_request_dropped_before_does_nothing(box, nexus, faults, ticket):
    faults.drop_before(methods=("POST",))
    with pytest.raises(httpx.RemoteProtocolError):
        nexus.post(f"/v1/tickets/{ticket}/messages", json=REPLY)
    assert box["nexuscore"].received() == []


async def test_the_products_client_sees_the_drop_too(box, faults, ticket):
    server = box["nexuscore"]
    headers = {"Authorization": f"Bearer {server.credentials['api_key']}"}
    transport = httpx_aiohttp.AiohttpTransport()
    async with httpx.AsyncClient(transport=transport, base_url=server.base_url, headers=headers) as client:
        faults.accept_and_drop(methods=("POST",))
        with pytest.raises(httpx.TransportError):
            await client.post(f"/v1/tickets/{ticket}/messages", json=REPLY)
        faults.cut_body(methods=("GET",))
        with pytest.raises(httpx.TransportError):
            await client.get(PATH)
        assert (await client.get(PATH)).status_code == 200
    assert len(server.received()) == 1


@pytest.mark.parametrize(("said", "header"), [(3, "3"), ("soon", "soon"), (-1, "-1"), (None, None)])
def test_a_status_comes_as_often_as_asked_with_the_wait_as_given(nexus, faults, said, header):
    faults.status(429, times=2, retry_after=said, body='{"error": "slow down"}')
    for _ in range(2):
        answer = nexus.get(PATH)
        assert (answer.status_code, answer.json()) == (429, {"error": "slow down"})
        assert answer.headers.get("retry-after") == header
    assert nexus.get(PATH).status_code == 200


def test_the_wait_may_be_a_date(nexus, faults, clock):
    faults.status(503, retry_after=clock.now)
    assert nexus.get(PATH).headers["retry-after"] == "Tue, 10 Mar 2026 12:00:00 GMT"


def test_a_fault_keeps_to_its_paths_and_methods(nexus, faults, ticket):
    faults.status(500, times=None, path="/messages", methods=("POST",))
    assert nexus.get(f"/v1/tickets/{ticket}").status_code == 200
    assert nexus.post(f"/v1/tickets/{ticket}/messages", json=REPLY).status_code == 500
    faults.clear()
    assert nexus.post(f"/v1/tickets/{ticket}/messages", json=REPLY).status_code == 201


def test_a_sign_in_page_comes_where_json_belongs(nexus, faults):
    faults.html_instead()
    answer = nexus.get(PATH)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/html; charset=utf-8")


def test_a_cut_body_is_noticed(nexus, faults):
    faults.cut_body()
    with pytest.raises(httpx.RemoteProtocolError):
        nexus.get(PATH)


def test_a_slow_body_arrives_whole_in_the_end(nexus, faults):
    whole = nexus.get(PATH).content
    faults.slow_body(0.2)
    start = time.monotonic()
    assert nexus.get(PATH).content == whole
    assert time.monotonic() - start > 0.15


def test_latency_makes_a_client_run_out_of_patience(nexus, faults):
    faults.latency(30, times=1)
    with pytest.raises(httpx.ReadTimeout):
        nexus.get(PATH, timeout=0.1)
    assert nexus.get(PATH).status_code == 200


def test_a_big_request_can_be_refused_without_breaking_the_line(nexus, faults):
    faults.status(503, methods=("POST",))
    body = {"brand_id": "x" * 500_000}
    assert nexus.post("/v1/tickets", json=body).status_code == 503
    assert nexus.get(PATH).status_code == 200


def test_the_box_ends_at_once_even_while_somebody_waits(clock):
    from deskhand_sandbox.sandbox import serving

    with serving(only=["nexuscore"], clock=clock) as box:
        server = box["nexuscore"]
        server.faults.latency(60)
        broken: list[type[Exception]] = []

        def wait() -> None:
            try:
                httpx.get(server.base_url + PATH, timeout=60)
            except httpx.TransportError as problem:
                broken.append(type(problem))

        waiting = threading.Thread(target=wait)
        waiting.start()
        deadline = time.monotonic() + 10
        while server.faults.rules() and not server.middleware.delayed and time.monotonic() < deadline:
            threading.Event().wait(0.01)
        start = time.monotonic()
    assert time.monotonic() - start < 1
    waiting.join(10)
    assert broken == [httpx.RemoteProtocolError]
