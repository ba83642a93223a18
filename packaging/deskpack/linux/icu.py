"""Qt's own copy of ICU, cut down to what Qt asks it for.

31 MB of the 136 that a frozen folder weighed were ICU's data: the names of every language, currency, unit and time zone in every
language, dictionaries for breaking Thai and Khmer lines, transliteration. Qt brings its own (CLDR, line breaking) and asks ICU
only for case, normalisation, collation and character sets. What is left here serves these; a locale whose own rules are gone falls
back to the root's, which is what ICU documents for missing data. Needs `icupkg` (Debian: icu-devtools) and `as` and `ld`.
"""

import re
import shutil
import tempfile
from pathlib import Path

from deskdev.steps import SetupError, last_line, run_quietly

NOT_ASKED_FOR = re.compile(
    r"^(brkitr|curr|lang|rbnf|region|translit|unit|zone)/|^coll/(?!root|ucadata|res_index)|^[a-z]{2,3}(_\w+)?\.res$"
)
"""Items that go: everything about languages' names, money, units, zones, transliteration and dictionaries, and locales' own collations."""

KEPT_LOCALES = re.compile(
    r"^(root|en|res_index|pool|supplementalData|timezoneTypes|keyTypeData|numberingSystems|likelySubtags)\.res$"
)


def cut(library: Path) -> None:
    """Replace a `libicudata.so.N` by one with less in it, in place.

    Raises:
        SetupError: a tool is missing, or the library is not of the known form.
    """
    with tempfile.TemporaryDirectory(prefix="deskhand-icu-") as folder:
        work = Path(folder)
        symbol, data = _data_of(library)
        name = (
            f"{symbol.removesuffix('_dat')}l.dat"  # little endian; the items inside name their package and must agree
        )
        whole, part, going = work / name, work / "part" / name, work / "going.txt"
        part.parent.mkdir()
        whole.write_bytes(data)
        items = _run("icupkg", "-l", whole).split()
        gone = [item for item in items if NOT_ASKED_FOR.match(item) and not KEPT_LOCALES.match(item)]
        going.write_text("".join(f"{item}\n" for item in gone), encoding="utf-8")
        _run("icupkg", "-r", going, whole, part)
        source = work / "data.s"
        source.write_text(
            f'.section .rodata\n.balign 16\n.globl {symbol}\n.type {symbol},@object\n{symbol}:\n.incbin "{part}"\n'
            f'.size {symbol}, .-{symbol}\n.section .note.GNU-stack,"",@progbits\n',
            encoding="utf-8",
        )
        _run("as", "-o", work / "data.o", source)
        made = work / library.name
        _run("ld", "-shared", "-z", "noexecstack", "-soname", library.name, "-o", made, work / "data.o")
        shutil.copyfile(made, library)


def _data_of(library: Path) -> tuple[str, bytes]:
    """Return the name and the content of the one thing that an ICU data library exports."""
    found = re.search(
        r"^\s*\d+: ([0-9a-f]+)\s+(\w+) OBJECT .* (\d+) (icudt\d+_dat)$",
        _run("readelf", "-sW", "--dyn-syms", library),
        re.MULTILINE,
    )
    if found is None:
        raise SetupError(
            f"{library.name} is not the ICU data library that this was written for; look what Qt carries now."
        )
    address, size, section, symbol = int(found[1], 16), int(found[2], 0), int(found[3]), found[4]
    place = re.search(
        rf"^\s*\[\s*{section}\] \S+\s+PROGBITS\s+([0-9a-f]+) ([0-9a-f]+)", _run("readelf", "-SW", library), re.MULTILINE
    )
    if place is None:
        raise SetupError(f"{library.name} has no section {section}.")
    start = address - int(place[1], 16) + int(place[2], 16)
    return symbol, library.read_bytes()[start:][:size]


def _run(*command: str | Path) -> str:
    code, output = run_quietly(command)
    if code != 0:
        raise SetupError(f"{command[0]} failed: {last_line(output)}")
    return output
