"""What is imported with the adapters."""

import json
import subprocess
import sys

SCRIPT = """
import json, sys
from deskhand.vendors.registry import warm_up
warm_up()
print(json.dumps(sorted({name.partition(".")[0] for name in sys.modules})))
"""


def test_the_command_line_of_httpx_is_not_loaded():
    ran = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True, timeout=60, check=True)
    loaded = json.loads(ran.stdout)
    assert {"httpx", "aiohttp", "pydantic"} <= set(loaded)
    assert {"click", "rich", "pygments"}.isdisjoint(loaded)
