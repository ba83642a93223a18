import asyncio
import json
import logging
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from deskhand.diagnostics import logs
from deskhand.diagnostics.crash import CrashReporter
from deskhand.diagnostics.redaction import Redactor

pytestmark = pytest.mark.expects_errors
CANARY = "canary-0123456789"
private = pytest.mark.skipif(sys.platform == "win32", reason="Windows files inherit the profile's access list")


@pytest.fixture
def redactor():
    redactor = Redactor()
    redactor.add_secret(CANARY)
    return redactor


@pytest.fixture
def log(tmp_path, redactor):
    root, ours = logging.getLogger(), logging.getLogger("deskhand")
    before = root.level, ours.level, logging.raiseExceptions
    path = logs.configure(tmp_path / "logs", redactor)
    yield path
    logs.release()
    root.setLevel(before[0])
    ours.setLevel(before[1])
    logging.raiseExceptions = before[2]


def test_the_log_holds_our_text_and_no_secret(log):
    logging.getLogger("deskhand.x").info("signed in with %s", CANARY)
    try:
        key = CANARY
        raise RuntimeError(f"refused {key}")  # noqa: TRY301
    except RuntimeError:
        logging.getLogger("deskhand.x").exception("failed for %r", {"secret": CANARY})
    text = log.read_text(encoding="utf-8")
    assert "signed in with" in text
    assert "RuntimeError: refused" in text
    assert CANARY not in text


def test_other_libraries_are_heard_from_warning_on_only(log):
    logging.getLogger("httpx").info("GET https://host.example/?q=customer")
    logging.getLogger("aiohttp.client").warning("pool is full")
    logging.getLogger("deskhand.sync").debug("too much detail")
    text = log.read_text(encoding="utf-8")
    assert "customer" not in text
    assert "detail" not in text
    assert "pool is full" in text


@private
def test_log_files_belong_to_their_owner_alone_also_after_rotation(log):
    for _ in range(40):
        logging.getLogger("deskhand.x").info("x" * 60_000)
    files = sorted(log.parent.iterdir())
    assert len(files) > 1
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
    assert sum(file.stat().st_size for file in files) < 6_000_000


def crash(reporter: CrashReporter) -> None:
    local = CANARY
    try:
        raise LookupError(f"no {local}")  # noqa: TRY301
    except LookupError as problem:
        reporter.report(problem, f"while using {CANARY}")


def test_a_crash_file_says_where_without_secrets_or_local_values(tmp_path, redactor):
    shown: list[Path] = []
    crash(CrashReporter(tmp_path / "crashes", redactor, shown.append))
    (path,) = shown
    text = path.read_text(encoding="utf-8")
    assert "LookupError" in text
    assert "test_logs_and_crashes.py" in text
    assert CANARY not in text
    if sys.platform != "win32":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_only_the_newest_ten_crash_files_stay(tmp_path, redactor):
    shown: list[Path] = []
    reporter = CrashReporter(tmp_path, redactor, shown.append)
    for _ in range(13):
        crash(reporter)
    assert sorted(tmp_path.iterdir()) == shown[3:]


def test_a_crash_that_cannot_be_written_is_logged_instead(tmp_path, redactor, caplog):
    blocked = tmp_path / "file"
    blocked.write_text("x")
    assert CrashReporter(blocked, redactor, lambda _: None).report(ValueError(CANARY)) is None
    assert "no crash file" in caplog.text
    assert CANARY not in caplog.text


def test_threads_and_event_loops_report_too(tmp_path, redactor):
    shown: list[Path] = []
    reporter = CrashReporter(tmp_path, redactor, shown.append)
    hooks = sys.excepthook, threading.excepthook
    reporter.install()
    try:

        def fail() -> None:
            raise OSError("thread failed")

        thread = threading.Thread(target=fail, name="worker-7")
        thread.start()
        thread.join()
    finally:
        reporter.uninstall()
        sys.excepthook, threading.excepthook = hooks

    async def fail_in_callback() -> None:
        loop = asyncio.get_running_loop()
        loop.set_exception_handler(reporter.from_loop)
        loop.call_soon(lambda: 1 // 0)
        done = loop.create_future()
        loop.call_soon(done.set_result, None)
        await done

    asyncio.run(fail_in_callback())
    first, second = (path.read_text(encoding="utf-8") for path in shown)
    assert "in thread worker-7" in first
    assert "OSError: thread failed" in first
    assert "ZeroDivisionError" in second


@pytest.mark.skipif(sys.platform != "linux", reason="what is asked of Linux")
def test_a_hardened_process_gives_no_core_dump_and_makes_private_files(tmp_path):
    script = (
        "import json, os, resource, sys\n"
        "from deskhand.diagnostics.harden import harden\n"
        "done = harden()\n"
        "import ctypes\n"
        "open(sys.argv[1], 'w').close()\n"
        "print(json.dumps([resource.getrlimit(resource.RLIMIT_CORE), ctypes.CDLL(None).prctl(3, 0, 0, 0, 0), len(done)]))\n"
    )
    target = tmp_path / "made"
    ran = subprocess.run(
        [sys.executable, "-c", script, str(target)], capture_output=True, encoding="utf-8", check=True, timeout=60
    )
    assert json.loads(ran.stdout) == [[0, 0], 0, 3]
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
