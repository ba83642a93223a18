"""Mail as shops, banks and office programs send it, each written for these tests: layout in tables in tables, data among it."""

TEXT = "We have repaired the kettle that you sent us and it goes out today with the morning's parcels. "


def _box(inside: str, attributes: str = "") -> str:
    return f'<table width="100%" cellpadding=0 cellspacing=0 border=0 {attributes}><tr><td align="center">{inside}</td></tr></table>'


def _column(inside: str) -> str:
    return f'<!--[if mso]><td valign=top width=290><![endif]--><table align="left" width="290"><tr><td>{inside}</td></tr></table><!--[if mso]></td><![endif]-->'


def _picture(name: str, width: int) -> str:
    return f'<img src="https://pictures.example/{name}.png" alt="{name}" width="{width}" height="{width // 2}">'


def _spacer(columns: int = 1) -> str:
    return f'<tr><td height="20" colspan="{columns}">&nbsp;</td></tr>'


NEWSLETTER = _box(
    '<table width="600"><tr><td><table width="100%"><tr><td width="60%">'
    + _picture("Garden shop", 200)
    + '</td><td align="right"><a href="https://shop.example/view">View in browser</a></td></tr></table></td></tr>'
    + _spacer()
    + "<tr><td>"
    + _picture("Spring offers", 600)
    + "</td></tr><tr><td><h1>Spring is here</h1><p>"
    + TEXT * 3
    + "</p></td></tr><tr><td>"
    + _column("<h2>Pots</h2><p>" + TEXT * 2 + "</p>")
    + _column("<h2>Lids</h2><p>" + TEXT * 2 + "</p>")
    + '</td></tr><tr><td><table width="100%"><tr>'
    + "".join(
        f'<td width="33%"><table><tr><td>{_picture(name, 180)}</td></tr><tr><td>{name}</td></tr><tr><td><b>{price} EUR</b></td></tr></table></td>'
        for name, price in (("Clay pot", "12.50"), ("Iron pan", "39.00"), ("Copper lid", "18.25"))
    )
    + "</tr></table></td></tr><tr><td><table><tr>"
    + "".join(f'<td><a href="https://{name}.example">{_picture(name, 24)}</a></td>' for name in ("one", "two", "three"))
    + '</tr></table></td></tr><tr><td align="center"><p>Garden shop, 1 Mill Lane</p><p><a href="https://shop.example/stop">Unsubscribe</a></p></td></tr></table>'
)

INVOICE = _box(
    _box("<a href='https://shop.example'>Garden shop</a>")
    + '<table width="570"><tr><td><div><h1>Hi Jane,</h1><p>'
    + TEXT
    + "</p><table><tr><td><table><tr><td>Amount due: 345.00 EUR</td></tr><tr><td>Due by: 12 December</td></tr></table></td></tr></table>"
    + _box("<table><tr><td><a href='https://shop.example/pay'>Pay this invoice</a></td></tr></table>")
    + '<table width="100%"><tr><td><h3>4711</h3></td><td><h3>28 November</h3></td></tr><tr><td colspan="2">'
    + "<table><tr><th align=left>Description</th><th align=right>Amount</th></tr>"
    + "".join(
        f"<tr><td>{name}</td><td align=right>{price}</td></tr>"
        for name, price in (("Kettle, repaired", "300.00"), ("Parcel", "45.00"))
    )
    + "<tr><td align=right>Total</td><td align=right>345.00</td></tr></table></td></tr></table>"
    + "<p>Yours, the garden shop</p></div></td></tr></table>"
)

OFFICE = "".join(
    f"<table class=MsoNormalTable><tr><td><p class=MsoNormal>{part}<o:p></o:p></p></td></tr></table>"
    for part in ("LOGO", "Dear Ms Doe,", TEXT * 4, TEXT * 2, "Kind regards")
) + (
    "<table class=MsoNormalTable><tr><td><p class=MsoNormal>" + _picture("Logo", 90) + "</p></td>"
    "<td><p class=MsoNormal>Jane Agent</p><p class=MsoNormal>Garden shop</p><p class=MsoNormal>+49 30 1234</p></td></tr></table>"
)

CONFIRMATION = (
    "<p>Your order:</p><table>"
    + "".join(
        f"<tr><td><b>{name}</b></td><td>{value}</td></tr>"
        for name, value in (
            ("Order", "4711"),
            ("Name", "Jane Doe"),
            ("Delivery", "1 Mill Lane, 12345 Town, third floor, please ring twice and leave it with the neighbours"),
            ("Total", "345.00 EUR"),
        )
    )
    + "</table>"
)

SHEET = (
    "<table><tr>"
    + "".join(f"<th>{name}</th>" for name in ("Date", "Number", "Customer", "Town", "Net", "Tax", "Gross", "Paid"))
    + "</tr>"
    + "".join(
        f"<tr><td>2026-11-{day:02}</td><td>47{day:02}</td><td>Customer {day} and daughters</td><td>Town {day}</td>"
        f"<td align=right>{day * 100}.00</td><td align=right>{day * 19}.00</td><td align=right>{day * 119}.00</td><td></td></tr>"
        for day in range(1, 29)
    )
    + "</table>"
)

JOURNEY = (
    "<table><tr><th colspan=2>Out</th><th colspan=2>Back</th></tr><tr><td rowspan=2>Mon</td><td>08:10 Berlin</td><td rowspan=2>Fri</td>"
    "<td>17:00 Paris</td></tr><tr><td>16:20 Paris</td><td>01:10 Berlin</td></tr></table>"
)

RIGHT_TO_LEFT = (
    '<div dir="rtl"><table><tr><td><table><tr><td>חנות הגן</td></tr></table><table><tr><td>'
    + "תיקנו את הקומקום ששלחת אלינו והוא יוצא היום עם חבילות הבוקר. " * 4
    + "</td></tr></table></td></tr></table><table><tr><th>פריט</th><th>מחיר</th></tr><tr><td>קומקום</td><td>300</td></tr>"
    "<tr><td>משלוח</td><td>45</td></tr></table></div>"
)

ARTICLES = (
    "<table>"
    + "".join(
        f"<tr><td width=120>{_picture(name, 120)}</td><td><h3>{name}</h3><p>{TEXT * 3}</p></td></tr>"
        for name in ("Pots", "Lids", "Pans")
    )
    + "</table>"
)

TEMPLATES = {
    "newsletter": NEWSLETTER,
    "invoice": INVOICE,
    "office": OFFICE,
    "confirmation": CONFIRMATION,
    "sheet": SHEET,
    "journey": JOURNEY,
    "right to left": RIGHT_TO_LEFT,
    "articles": ARTICLES,
    "siblings": f"<table><tr><td><table><tr><td>LOGO</td></tr></table><table><tr><td>{TEXT * 8}</td></tr></table></td></tr></table>",
    "three columns of text": f"<table><tr>{f'<td>{TEXT * 3}</td>' * 3}</tr></table>" * 4,
}  # fmt: skip

DATA = {"invoice": 1, "confirmation": 1, "sheet": 1, "journey": 1, "right to left": 1}
"""How many tables of data each holds; the others hold none."""
