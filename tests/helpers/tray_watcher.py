"""A StatusNotifierWatcher on a session bus: who is in the tray, and what a panel would show of it.

Run as a program it takes the name, notes who registers, and on each line of its input asks the newest item for a property or presses
an entry of its menu; it answers with a line of JSON.

    get NAME          a property of the item
    menu              texts of the menu's entries, by their numbers
    press NUMBER      press an entry
"""

import json
import sys
import threading
from queue import Queue
from typing import Any

from jeepney import (  # type: ignore[import-untyped]
    DBusAddress,
    HeaderFields,
    Message,
    MessageType,
    message_bus,
    new_method_call,
    new_method_return,
)
from jeepney.io.blocking import DBusConnection, open_dbus_connection  # type: ignore[import-untyped]

WATCHER = "org.kde.StatusNotifierWatcher"
ITEM = "org.kde.StatusNotifierItem"
MENU = "com.canonical.dbusmenu"
PROPERTIES = "org.freedesktop.DBus.Properties"

INTROSPECTION = """<node><interface name="org.kde.StatusNotifierWatcher">
<method name="RegisterStatusNotifierItem"><arg type="s" direction="in"/></method>
<method name="RegisterStatusNotifierHost"><arg type="s" direction="in"/></method>
<property name="RegisteredStatusNotifierItems" type="as" access="read"/>
<property name="IsStatusNotifierHostRegistered" type="b" access="read"/>
<property name="ProtocolVersion" type="i" access="read"/>
</interface></node>"""


def main() -> None:
    items: Queue[tuple[str, str]] = Queue()
    with open_dbus_connection("SESSION") as watcher:
        watcher.send_and_get_reply(message_bus.RequestName(WATCHER))
        print(json.dumps("ready"), flush=True)
        threading.Thread(target=serve, args=(watcher, items), daemon=True).start()
        with open_dbus_connection("SESSION") as panel:
            ask_until_end(panel, items.get())


def serve(watcher: DBusConnection, items: "Queue[tuple[str, str]]") -> None:
    while True:
        message = watcher.receive()
        if message.header.message_type is not MessageType.method_call:
            continue
        fields = message.header.fields
        member = fields[HeaderFields.member]
        if member == "RegisterStatusNotifierItem":
            named = message.body[0]
            sender = str(fields[HeaderFields.sender])
            items.put((sender, named) if named.startswith("/") else (named, "/StatusNotifierItem"))
            watcher.send(new_method_return(message))
        elif member == "Introspect":
            watcher.send(new_method_return(message, "s", (INTROSPECTION,)))
        elif member == "Get":
            values = {"IsStatusNotifierHostRegistered": ("b", True), "ProtocolVersion": ("i", 0)}
            watcher.send(new_method_return(message, "v", (values.get(message.body[1], ("as", [])),)))
        elif member == "GetAll":
            watcher.send(new_method_return(message, "a{sv}", ({"IsStatusNotifierHostRegistered": ("b", True)},)))
        else:
            watcher.send(new_method_return(message))


def ask_until_end(panel: DBusConnection, item: tuple[str, str]) -> None:
    name, path = item
    for line in sys.stdin:
        word, _, rest = line.strip().partition(" ")
        if word == "get":
            ((_kind, value),) = call(panel, name, path, PROPERTIES, "Get", "ss", (ITEM, rest))
            print(json.dumps(value, default=lambda raw: f"{len(raw)} bytes"), flush=True)
            continue
        ((_kind, menu),) = call(panel, name, path, PROPERTIES, "Get", "ss", (ITEM, "Menu"))
        if word == "menu":
            _revision, layout = call(panel, name, menu, MENU, "GetLayout", "iias", (0, -1, []))
            entries = {child[0]: child[1].get("label", ("s", ""))[1] for _kind, child in layout[2]}
            print(json.dumps(entries), flush=True)
        else:
            call(panel, name, menu, MENU, "Event", "isvu", (int(rest), "clicked", ("s", ""), 0))
            print(json.dumps("pressed"), flush=True)


def call(panel: DBusConnection, name: str, path: str, interface: str, method: str, signature: str, body: Any) -> Any:
    address = DBusAddress(path, bus_name=name, interface=interface)
    answer: Message = panel.send_and_get_reply(new_method_call(address, method, signature, body), timeout=30)
    assert answer.header.message_type is MessageType.method_return, answer.body
    return answer.body


if __name__ == "__main__":
    main()
