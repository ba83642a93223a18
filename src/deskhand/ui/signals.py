"""Ctrl+C, a session or a terminal that ends: the window closes in order, as if the agent had closed it.

Python runs a signal's handler between two of its own instructions, and Qt's loop may not come to one for minutes. So the signal also
writes to a socket that Qt's loop watches.
"""

import contextlib
import signal
import socket
from collections.abc import Callable, Iterator
from types import FrameType

from PySide6.QtCore import QSocketNotifier

ENDING = (signal.SIGINT, signal.SIGTERM)
HANGUP = getattr(signal, "SIGHUP", None)
"""Windows has none."""


@contextlib.contextmanager
def ended_by_signals(end: Callable[[], None]) -> Iterator[None]:
    """Call `end` when the process is asked to end; before and after, signals do what they did."""

    def asked(_number: int, _frame: FrameType | None) -> None:
        end()

    wanted = list(ENDING)
    if HANGUP is not None and signal.getsignal(HANGUP) != signal.SIG_IGN:  # which is what nohup does
        wanted.append(HANGUP)
    before = {number: signal.signal(number, asked) for number in wanted}
    near, far = socket.socketpair()
    near.setblocking(False)
    far.setblocking(False)
    notifier = QSocketNotifier(near.fileno(), QSocketNotifier.Type.Read)
    notifier.activated.connect(lambda: near.recv(64))
    old = signal.set_wakeup_fd(far.fileno(), warn_on_full_buffer=False)
    try:
        yield
    finally:
        signal.set_wakeup_fd(old)
        notifier.setEnabled(False)
        near.close()
        far.close()
        for number, handler in before.items():
            signal.signal(number, handler)
