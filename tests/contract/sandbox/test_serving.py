"""The box: quick to start, nothing left behind, the same from outside through its control server."""

import errno
import gc
import json
import signal
import socket
import subprocess
import sys
import threading
import warnings

import httpx
import pytest
from tests.helpers.narrowing import not_none

from deskhand_sandbox.sandbox import serving

ONLY = ["nexuscore", "mijnklantportaal"]
PROGRAM = """
import argparse, sys
from deskhand_sandbox.main import add_arguments, run
parser = argparse.ArgumentParser()
add_arguments(parser)
sys.exit(run(parser.parse_args()))
"""


def test_it_starts_and_leaves_nothing_behind():
    threads = set(threading.enumerate())
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with serving(only=ONLY) as box:
            address = httpx.URL(box["nexuscore"].base_url)
            assert httpx.get(box.control_url).status_code == 200
        gc.collect()
    assert set(threading.enumerate()) == threads
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection((address.host, address.port or 0), timeout=1)


def test_a_taken_port_is_an_error_and_not_a_hang():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with (
            pytest.raises(OSError, match="attempting to bind") as raised,
            serving(only=ONLY, port=port),
        ):
            pass
    assert raised.value.errno == errno.EADDRINUSE


def test_an_error_in_the_block_ends_the_box():
    with pytest.raises(KeyError, match="mine"), serving(only=ONLY):
        raise KeyError("mine")
    assert "sandbox" not in {thread.name for thread in threading.enumerate()}


class TestControl:
    def test_it_says_addresses_and_credentials(self, box):
        said = httpx.get(box.control_url).json()
        assert said["control"] == box.control_url
        assert said["vendors"]["mijnklantportaal"]["base_url"] == box["mijnklantportaal"].base_url
        assert set(said["vendors"]["nexuscore"]["credentials"]) == {"client_id", "client_secret", "api_key"}

    def test_it_steers_faults(self, box, portal):
        address = f"{box.control_url}/mijnklantportaal/faults"
        rules = httpx.post(
            address, json=[{"kind": "status", "status": 500}, {"kind": "latency", "seconds": 0.01}]
        ).json()
        assert [rule["kind"] for rule in rules] == ["status", "latency"]
        assert portal.get("/tickets").status_code == 500
        assert httpx.delete(address).json() == []
        assert portal.get("/tickets").status_code == 200

    @pytest.mark.parametrize("rule", [{"kind": "flood"}, {"kind": "status", "code": 500}, {}, "status"])
    def test_a_rule_that_makes_no_sense_is_refused(self, box, rule):
        assert httpx.post(f"{box.control_url}/nexuscore/faults", json=rule).status_code == 400

    def test_it_shows_what_arrived_and_what_is_held(self, box, portal):
        ticket = httpx.post(f"{box.control_url}/mijnklantportaal/speak", json={"text": "Hallo\nDaar"}).json()["ticket"]
        httpx.patch(f"{box.control_url}/mijnklantportaal/switches", json={"rewriting": "wrapped"})
        portal.post(f"/tickets/{ticket}", json={"message": "Dag"})
        held = httpx.get(f"{box.control_url}/mijnklantportaal/tickets/{ticket}").json()
        assert [message["text"] for message in held["messages"]][-2:] == ["Hallo\nDaar", "<p>Dag</p>"]
        [entry] = httpx.get(f"{box.control_url}/mijnklantportaal/received").json()
        assert (entry["ticket"], entry["text"], entry["times"]) == (ticket, "Dag", 1)
        assert ticket in {row["id"] for row in httpx.get(f"{box.control_url}/mijnklantportaal/tickets").json()}
        assert httpx.get(f"{box.control_url}/mijnklantportaal/counts").json()["POST /v1/tickets/{ticket_id}"] == {
            "200": 1
        }

    def test_what_it_does_not_know_is_not_found(self, box):
        assert httpx.get(f"{box.control_url}/zendesk/counts").status_code == 404
        assert httpx.get(f"{box.control_url}/nexuscore/tickets/nope").status_code == 404
        assert httpx.patch(f"{box.control_url}/nexuscore/switches", json={"colour": 1}).status_code == 400


class TestCommand:
    def start(self, *arguments: str) -> subprocess.Popen[str]:
        command = [sys.executable, "-c", PROGRAM, "--only", *ONLY, *arguments]
        pipe = subprocess.PIPE
        return subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, encoding="utf-8")

    def test_it_prints_one_line_of_json_and_ends_with_who_is_attached(self):
        with self.start("--json", "--tickets", "50", "--alive", "0.05", "--attached") as process:
            said = json.loads(not_none(process.stdout).readline())
            portal = said["vendors"]["mijnklantportaal"]
            headers = {"Authorization": f"Bearer {portal['credentials']['api_key']}"}
            assert httpx.get(portal["base_url"] + "/tickets", headers=headers).status_code == 200
            not_none(process.stdin).close()
            assert process.wait(5) == 0
            assert not_none(process.stderr).read() == ""

    @pytest.mark.skipif(sys.platform == "win32", reason="no signal asks one program to end there")
    @pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
    def test_it_ends_on_a_signal(self, number):
        with self.start("--json", "--tickets", "50", "--alive", "0.05") as process:
            json.loads(not_none(process.stdout).readline())
            process.send_signal(number)
            assert process.wait(5) == 0
            assert not_none(process.stderr).read() == ""

    def test_it_prints_a_line_to_add_each_account_without_its_secret(self):
        with self.start("--tickets", "50", "--attached") as process:
            lines = [not_none(process.stdout).readline() for _ in range(11)]
            not_none(process.stdin).close()
            assert process.wait(5) == 0
        adding = [line for line in lines if "accounts add" in line]
        assert len(adding) == 2
        assert "--set client_id=nx_" in adding[0]
        assert "--secret-stdin" in adding[1]
        assert not any("client_secret=" in line or "api_key=" in line for line in adding)


def test_without_its_extra_the_sandbox_says_what_to_install():
    hide = (
        "import sys; sys.modules['starlette'] = None; from deskhand.__main__ import main; sys.exit(main(['sandbox']))"
    )
    ran = subprocess.run([sys.executable, "-c", hide], capture_output=True, text=True, timeout=60, check=False)
    assert ran.returncode == 1
    assert "install deskhand[sandbox]" in ran.stderr
    assert "Traceback" not in ran.stderr
