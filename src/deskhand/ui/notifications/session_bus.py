"""One connection to the session bus, for calls and signals, that comes back after the bus or what it talked to was away.

QtDBus cannot do it from Python: a number goes out with 64 bits, and org.freedesktop.Notifications wants 32 without a sign
(resources/docs/decisions/0018-notifications.md). jeepney comes with keyring on Linux and is imported at the first call.
"""

import asyncio
import logging
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from deskhand.sync.tasks import TaskScope

if TYPE_CHECKING:
    from jeepney import DBusAddress, Message  # type: ignore[import-untyped]
    from jeepney.io.asyncio import DBusConnection  # type: ignore[import-untyped]

log = logging.getLogger(__name__)

CALL_SECONDS = 5.0
"""Seconds for an answer; a service that the bus starts first takes some of them."""


class BusRefused(Exception):
    """There is no session bus, nobody has the name, or the call was answered with an error: its name, or the reason."""


class SessionBus:
    """Connects at the first call.

    Args:
        interface: whose signals are told.
        hear: told each signal: its name and its values.
    """

    def __init__(self, scope: TaskScope, interface: str, hear: Callable[[str, Sequence[Any]], None]) -> None:
        self._scope = scope
        self._interface = interface
        self._hear = hear
        self._connection: DBusConnection | None = None
        self._connecting = asyncio.Lock()
        self._answers: dict[int, asyncio.Future[Message]] = {}

    async def call(self, address: "DBusAddress", method: str, signature: str = "", values: Sequence[Any] = ()) -> Any:
        """Call a method and return the values of its answer. Raises BusRefused."""
        from jeepney import new_method_call

        return await self._call(new_method_call(address, method, signature or None, tuple(values)))

    async def has_owner(self, name: str) -> bool:
        """Tell whether somebody has a name now; nobody is started for it. Raises BusRefused."""
        from jeepney import message_bus

        (has_owner,) = await self._call(message_bus.NameHasOwner(name))
        return bool(has_owner)

    async def _call(self, message: "Message") -> Any:
        from jeepney import DBusErrorResponse
        from jeepney.wrappers import unwrap_msg  # type: ignore[import-untyped]

        try:
            async with asyncio.timeout(CALL_SECONDS):
                if (known := self._connection) is not None:
                    with suppress(OSError, EOFError):  # that bus is gone; another one may be there
                        return unwrap_msg(await self._answer(known, message))
                    self._forget(known)
                return unwrap_msg(await self._answer(await self._connected(), message))
        except DBusErrorResponse as refused:
            raise BusRefused(str(refused.name)) from refused
        except (OSError, EOFError, ValueError, KeyError, RuntimeError) as problem:  # KeyError: no address of a bus
            raise BusRefused(f"no session bus ({type(problem).__name__})") from problem

    async def _answer(self, connection: "DBusConnection", message: "Message") -> "Message":
        serial = next(connection.outgoing_serial)
        answer = self._answers[serial] = asyncio.get_running_loop().create_future()
        try:
            await connection.send(message, serial=serial)
            return await answer
        finally:
            del self._answers[serial]

    async def _connected(self) -> "DBusConnection":
        from jeepney import MatchRule, message_bus
        from jeepney.io.asyncio import open_dbus_connection

        async with self._connecting:
            if self._connection is None:
                connection = await open_dbus_connection("SESSION")
                self._connection = connection
                self._scope.replace(self._read(connection), name=f"signals of {self._interface}")
                rule = MatchRule(type="signal", interface=self._interface)
                await self._answer(connection, message_bus.AddMatch(rule))
            return self._connection

    def _forget(self, connection: "DBusConnection") -> None:
        if self._connection is connection:
            self._connection = None

    async def _read(self, connection: "DBusConnection") -> None:
        from jeepney import HeaderFields, MessageType

        try:
            while True:
                message = await connection.receive()
                fields = message.header.fields
                answer = self._answers.get(fields.get(HeaderFields.reply_serial, 0))
                if answer is not None and not answer.done():
                    answer.set_result(message)
                    continue
                is_signal = message.header.message_type is MessageType.signal
                if is_signal and fields.get(HeaderFields.interface) == self._interface:
                    self._hear(str(fields[HeaderFields.member]), message.body)
        except (OSError, EOFError, ValueError) as problem:
            log.info("the session bus is gone: %s", type(problem).__name__)
        finally:
            self._forget(connection)
            for answer in self._answers.values():
                if not answer.done():
                    answer.set_exception(EOFError("the session bus is gone"))
            with suppress(OSError):
                connection.writer.close()
