"""What the doctor says of the installation itself, so that a broken one can be told from a broken network."""

import json
import subprocess
import sys

from tests.integration.cli.conftest import environment

PARTS = ("Keyring backends", "Encryption", "TLS", "Icons", "Picture formats", "Languages", "Vendors", "Sandbox")
INCOMPLETE = """
import sys
sys.modules["deskhand_sandbox.thena"] = None  # what an import finds of a module that was left out
from deskhand.__main__ import main
sys.exit(main(sys.argv[1:]))
"""


def test_the_doctor_uses_every_part_that_the_installation_carries(shell):
    found = {finding["check"]: finding for finding in shell.json("doctor")}
    assert {name: found[name]["well"] for name in PARTS} == dict.fromkeys(PARTS, True)
    assert "aegis" in found["Encryption"]["words"]
    assert "thena" in found["Vendors"]["words"]


def test_a_part_that_was_left_out_is_named_with_what_to_do(shell):
    line = shell.line("doctor", "--json")
    arguments = line[line.index("--profile") :]
    done = subprocess.run(
        [sys.executable, "-c", INCOMPLETE, *arguments],
        capture_output=True,
        encoding="utf-8",
        env=environment(),
        check=False,
    )
    found = {finding["check"]: finding for finding in json.loads(done.stdout)}
    assert done.returncode == 1
    assert [name for name, finding in found.items() if finding["well"] is False] == ["Sandbox"]
    assert "install it again" in found["Sandbox"]["words"]
