"""Message bodies as mail programs make them, and the files that hang on them."""

import random
import struct
import zlib
from html import escape

from deskhand_sandbox.seed_data import File, Person, SeedMessage, SeedTicket

RTL = frozenset({"ar", "he"})
LOGO = "logo@deskhand.example"


def html_body(said: SeedMessage, seed_ticket: SeedTicket, before: SeedMessage | None, rng: random.Random) -> str:
    """The text of a message as the HTML body of one of four kinds of mail program; `before` may be quoted in it."""
    paragraphs = "".join(f"<p>{escape(part)}</p>" for part in said.text.split("\n\n")).replace("\n", "<br>")
    if said.author.language in RTL:
        paragraphs = f'<div dir="rtl">{paragraphs}</div>'
    kind = rng.choice(("bare", "gmail", "outlook", "newsletter"))
    quoted = before if rng.random() < 0.6 else None
    match kind:
        case "bare":
            return paragraphs
        case "gmail":
            return f'<div dir="auto">{paragraphs}</div>' + (_gmail_quote(quoted) if quoted else "")
        case "outlook":
            return _outlook(paragraphs, said.author, quoted)
        case _:
            return _newsletter(paragraphs, seed_ticket, with_logo=any(file.mime == "image/png" for file in said.files))


def attachments(rng: random.Random, position: int, seed_ticket: SeedTicket) -> tuple[File, ...]:
    """One to three small files: a picture, a text, a document."""
    made = []
    for number in range(rng.choice((1, 1, 2, 3))):
        name = f"file-{seed_ticket.number}-{position}-{number}"
        match rng.randrange(3):
            case 0:
                colour = (rng.randrange(256), rng.randrange(256), rng.randrange(256))
                made.append(
                    File(name, rng.choice(("screenshot.png", "foto schade.png", "写真.png")), "image/png", png(colour))
                )
            case 1:
                log = "\n".join(f"line {line}: {rng.random():.6f}" for line in range(rng.randrange(5, 80)))
                made.append(File(name, "console.txt", "text/plain", log.encode()))
            case _:
                made.append(
                    File(
                        name,
                        f"invoice {seed_ticket.number}.pdf",
                        "application/pdf",
                        pdf(f"Invoice {seed_ticket.number}"),
                    )
                )
    return tuple(made)


def png(colour: tuple[int, int, int], width: int = 48, height: int = 32) -> bytes:
    """A picture of one colour."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    rows = (b"\0" + bytes(colour) * width) * height
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def pdf(text: str) -> bytes:
    """A document of one page with a line of ASCII text."""
    stream = f"BT /F1 18 Tf 40 100 Td ({text}) Tj ET".encode("ascii", "replace")
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 160]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    )
    body = b"%PDF-1.4\n"
    offsets = []
    for number, content in enumerate(objects, 1):
        offsets.append(len(body))
        body += b"%d 0 obj%s endobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    trailer = b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % len(body)
    return body + b"xref\n0 6\n0000000000 65535 f \n" + table + trailer


def _gmail_quote(quoted: SeedMessage) -> str:
    who = f'{escape(quoted.author.name)} &lt;<a href="mailto:{quoted.author.email}">{quoted.author.email}</a>&gt;'
    return (
        f'<br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">On {quoted.at:%a, %d %b %Y at %H:%M}, {who} wrote:<br></div>'
        '<blockquote class="gmail_quote" style="margin:0 0 0 .8ex;border-left:1px solid #ccc;padding-left:1ex">'
        f"{escape(quoted.text)}</blockquote></div>"
    )


def _outlook(paragraphs: str, author: Person, quoted: SeedMessage | None) -> str:
    signature = (
        '<p class="MsoNormal" style="color:#1F3864"><b>' + escape(author.name) + "</b><br>"
        f"{escape(author.company or 'Kantoor')} | {escape(author.phone or '+31 20 555 0199')}</p>"
        f'<img src="cid:{LOGO}" width="120" height="40" alt="logo">'
    )
    history = ""
    if quoted:
        history = (
            '<div id="divRplyFwdMsg" dir="ltr" style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0 0 0">'
            f"<p><b>From:</b> {escape(quoted.author.name)} &lt;{quoted.author.email}&gt;<br>"
            f"<b>Sent:</b> {quoted.at:%d %B %Y %H:%M}<br><b>Subject:</b> RE</p></div><p>{escape(quoted.text)}</p>"
        )
    return (
        '<html><head><style>p.MsoNormal{margin:0cm;font-family:"Calibri",sans-serif}</style></head>'
        f'<body lang="NL"><div class="WordSection1">{paragraphs}{signature}{history}</div></body></html>'
    )


def _newsletter(paragraphs: str, seed_ticket: SeedTicket, *, with_logo: bool) -> str:
    logo = '<img src="cid:' + LOGO + '" alt="">' if with_logo else ""
    return (
        '<table width="600" cellpadding="8" style="background:#f6f6f6;border:1px solid #ddd"><tr><td style="color:#333">'
        f'{logo}<h2 style="font-size:18px">{escape(seed_ticket.subject)}</h2>{paragraphs}</td></tr>'
        '<tr><td style="font-size:11px">'
        f'<a href="https://shop.example/orders/{seed_ticket.number}?utm_source=mail">View online</a></td></tr></table>'
        f'<img src="https://track.example/open?m={seed_ticket.number}" width="1" height="1">'
    )
