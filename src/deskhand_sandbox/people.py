"""Who writes: the agents of the demo's company and its customers, in several languages and scripts."""

import random

from deskhand_sandbox.seed_data import Person

AGENTS = (
    ("Jane Visser", "jane@example.com", "nl"),
    ("Omar Haddad", "omar@example.com", "en"),
    ("Lotte Bakker", "lotte@example.com", "nl"),
    ("Piotr Zieliński", "piotr@example.com", "pl"),
    ("Miriam Vogel", "miriam@example.com", "de"),
    ("Kenji Mori", "kenji@example.com", "en"),
)

SHARED = (
    ("Sofie de Wit", "sofie.dewit@example.org", "nl", "Bloemenhuis De Wit"),
    ("Lukas Brandt", "lukas.brandt@example.net", "de", "Brandt Möbelbau GmbH"),
    ("Amélie Laurent", "amelie.laurent@example.org", "fr", None),
)
"""Customers of every vendor, with the same address everywhere."""

NAMES: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "en": (
        ("Grace", "Oliver", "Priya", "Ethan", "Chloe", "Samuel", "Nora", "Desmond", "Isla", "Marcus"),
        ("Whitfield", "Okafor", "Reid", "Castellano", "Nguyen", "O'Hara", "Lindqvist", "Patel", "Barlow", "St. James"),
    ),
    "nl": (
        ("Daan", "Fleur", "Bram", "Sanne", "Joost", "Noor", "Ruben", "Anouk", "Thijs", "Marieke"),
        (
            "van den Berg",
            "Jansen",
            "de Vries",
            "Mulder",
            "Hoekstra",
            "van Dijk",
            "'t Hart",
            "Kuipers",
            "Postma",
            "Smeets",
        ),
    ),
    "de": (
        ("Jonas", "Greta", "Felix", "Annika", "Matthias", "Ulrike", "Björn", "Käthe"),
        ("Schäfer", "Müller", "Weiß", "Hoffmann", "Krüger", "Lehmann", "von der Heide", "Jäger"),
    ),
    "fr": (
        ("Camille", "Hugo", "Élodie", "Baptiste", "Maëlys", "Théo"),
        ("Lefèvre", "Moreau", "d'Arcy", "Girard", "Bénard", "Rousseau"),
    ),
    "pl": (
        ("Agnieszka", "Tomasz", "Małgorzata", "Paweł", "Zofia", "Łukasz"),
        ("Wójcik", "Kowalczyk", "Dąbrowska", "Szymański", "Żak", "Jaworski"),
    ),
    "ar": (("ليلى", "يوسف", "مريم", "خالد"), ("الحسن", "منصور", "النجار", "عبد الله")),
    "he": (("נועה", "דוד", "תמר", "איתן"), ("כהן", "לוי", "ברק", "שפירא")),
    "ja": (("美咲", "健太", "陽子", "翔"), ("佐藤", "高橋", "渡辺", "小林")),
    "zh": (("伟", "芳", "晓明", "丽华"), ("王", "李", "张", "陈")),
}

COMPANIES = (
    "Noordkade BV",
    "Fjord & Co",
    "Atelier Sept",
    "Kranz AG",
    "Brightwater Ltd",
    "Studio Północ",
    "Halcyon Foods",
    "",
)

ODD_NAMES = (
    "<b>Bold</b> & <script>alert(1)</script>",
    "Ann\u202etxt.exe",
    "",
    "Dr. Maximiliane Alexandra Freifrau von und zu Hohenstein-Württemberg-Lichtenau geb. Zähringen " * 2,
    "👩‍🚀 Zoë 🧡",
)
"""Names that are legal and awkward."""


def agents() -> tuple[Person, ...]:
    """The company's agents; the first is the one who uses the demo."""
    return tuple(
        Person(f"agent-{number}", name, email, language=language)
        for number, (name, email, language) in enumerate(AGENTS, 1)
    )


def customers(seed: int, vendor: str, count: int, languages: dict[str, int]) -> tuple[Person, ...]:
    """`count` customers in a mix of languages (weights), the shared ones first, then the oddly named ones."""
    rng = random.Random(f"{seed}/{vendor}/customers")
    found = [
        Person(f"customer-{number}", name, email, None, company, language)
        for number, (name, email, language, company) in enumerate(SHARED, 1)
    ]
    for name in ODD_NAMES:
        number = len(found) + 1
        found.append(Person(f"customer-{number}", name, f"odd{number}@{vendor or 'shop'}.example", language="en"))
    spoken = rng.choices(list(languages), list(languages.values()), k=max(0, count - len(found)))
    for language in spoken:
        number = len(found) + 1
        given, family = (rng.choice(part) for part in NAMES[language])
        name = f"{family} {given}" if language in {"ja", "zh"} else f"{given} {family}"
        phone = f"+31 20 555 {rng.randrange(10_000):04d}" if rng.random() < 0.6 else None
        email = f"{_local_part(given, family, number)}@{rng.choice(('example.com', 'example.net', 'mail.example'))}"
        found.append(Person(f"customer-{number}", name, email, phone, rng.choice(COMPANIES) or None, language))
    return tuple(found)


def _local_part(given: str, family: str, number: int) -> str:
    plain = "".join(
        character for character in f"{given}.{family}".lower() if character.isascii() and character not in " '"
    )
    return f"{plain.strip('.') or 'klant'}{number}"
