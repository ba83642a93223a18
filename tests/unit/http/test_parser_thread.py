import asyncio
import json
import threading

from deskhand.http.answers import Answer

JSON = {"content-type": "application/json"}


async def test_big_answers_of_all_accounts_are_read_one_at_a_time_and_not_on_the_windows_thread():
    body = json.dumps({"text": "x" * 100_000}).encode()
    begun: list[int] = []
    first, go_on = threading.Event(), threading.Event()

    def read(data):
        begun.append(threading.get_ident())
        first.set()
        assert go_on.wait(60)
        return len(data["text"])

    async with asyncio.TaskGroup() as group:
        reading = [group.create_task(Answer(200, JSON, body).map(read)) for _ in range(5)]
        await asyncio.to_thread(first.wait, 60)
        for _ in reading:  # the pool takes its work in turn, so that whatever was given to it before this has begun
            await asyncio.to_thread(lambda: None)
        begun_together = len(begun)
        go_on.set()
    assert [one.result() for one in reading] == [100_000] * 5
    assert begun_together == 1
    assert len(begun) == 5
    assert threading.get_ident() not in begun


async def test_a_big_answer_that_cannot_be_read_does_not_keep_the_next_one_from_being_read():
    broken = Answer(200, JSON, b'{"text": "' + b"x" * 100_000)
    whole = Answer(200, JSON, json.dumps(["x" * 100_000]).encode())
    results = await asyncio.gather(broken.json(), whole.json(), return_exceptions=True)
    assert isinstance(results[0], Exception)
    assert results[1] == ["x" * 100_000]
