"""The name that a letter opens with: taken out of a whole name by rules, and only where they leave no doubt.

"Dear Dr.," and "Hi Bloemenhuis," are worse than a gap that the agent fills in. So a name counts as the given one only where it is
known as such (`given_name_words`), stands where given names stand, and nothing speaks for a firm or for another order.
"""

import re
import unicodedata
from functools import cache
from typing import Final

from deskhand.content.given_name_words import known
from deskhand.domain.lazy_pattern import lazy_pattern

_TITLE_WORDS: Final = (
    "dr dra drs prof professor mr mrs ms miss mx sir dame lady lord rev fr herr herrn frau fräulein dhr heer mevr mevrouw mw de-heer "
    "ir ing mag dipl dipl-ing m mme mlle monsieur madame mademoiselle sr sra srta señor señora don doña sig sigra signor signora dott "
    "dottoressa avv pan pani pán paní hr fru herra rouva bay bayan ra"
)
_SUFFIX_WORDS: Final = "jr sr ii iii iv md phd ph.d m.d esq msc bsc ma ba mba llm mcs rn cpa dds ra"
_PARTICLE_WORDS: Final = (
    "van von der den de het the ter ten te tot zu zum zur am vom da das do dos di del della delle dei degli du des le la les lo los las "
    "el al bin ibn ben abu mac st san santa saint die dem il un une een ein eine a an"
)
_FAMILY_FIRST_WORDS: Final = (
    # The commonest family names of Hungary, Vietnam, China and Korea, which stand first there and often stay first elsewhere.
    "nagy kovács tóth szabó horváth varga kiss molnár németh farkas balogh papp lakatos takács juhász nguyễn nguyen trần tran phạm pham "
    "huỳnh huynh hoàng hoang phan vũ vu võ vo đặng dang bùi bui đỗ ngô duong dương wang wáng li zhang chen liu yang huang zhao wu zhou xu "
    "sun ma zhu hu guo lin kim lee park choi jung jeong kang cho yoon jang lim han shin seo kwon"
)
_COMPANY_WORDS: Final = (
    "ab ag aps as asa bv bvba co company corp corporation cv ev eg enterprise enterprises eurl gbr ggmbh gmbh group groep groupe grupo "
    "gruppe holding holdings inc incorporated international kg kft kgaa limited llc llp ltd ltda mbh nv oü ohg oy oyj plc pte pty sa sarl "
    "sas sasu scrl se sl slu snc sp spa spzoo srl sro ug vof vzw zrt team support service services info sales office contact helpdesk help "
    "admin administration billing accounts accounting finance marketing hr it desk noreply no-reply customers klantenservice "
    "kundenservice shop store winkel laden boutique market markt restaurant café cafe bar hotel pension hostel bakery bakkerij bäckerei "
    "boulangerie salon studio studios school schule college university universiteit universität institute institut foundation stichting "
    "stiftung vereniging verein association gemeente stadt city municipality church kerk kirche museum clinic kliniek klinik praxis "
    "praktijk pharmacy apotheek apotheke hospital bank insurance verzekeringen versicherung media digital solutions software systems "
    "systemen technologies technology tech consulting consultancy advies beratung design designs logistics logistiek transport trading "
    "handel import export bouw construction installatie installaties garage auto cars fietsen bikes fashion mode flowers bloemen blumen "
    "garden tuin garten interieur interiors agency agentur bureau kantoor partners associates brothers bros gebr gebroeders foods food "
    "ministerie ministerium ministry ministère ministerio department dept tools club verband federation trust council "
    "atelier & und and en et y sons zonen söhne fils via at for from bei bij chez"
)
_COMPANY_ENDING_WORDS: Final = (
    "huis haus house winkel bedrijf betrieb handel shop store service services bouw groep gruppe group centrum zentrum center centre "
    "werk werke werken works techniek technik tech soft media markt market apotheek apotheke kliniek klinik praxis praktijk "
    "bakkerij bäckerei metzgerei slagerij verzekeringen versicherung beheer advies verlag uitgeverij kwekerij gärtnerei"
)
_TITLES, _SUFFIXES, _PARTICLES, _FAMILY_FIRST, _COMPANY, _COMPANY_ENDINGS = (
    frozenset(words.split())
    for words in (
        _TITLE_WORDS,
        _SUFFIX_WORDS,
        _PARTICLE_WORDS,
        _FAMILY_FIRST_WORDS,
        _COMPANY_WORDS,
        _COMPANY_ENDING_WORDS,
    )
)
_WITHOUT_ACCENT = str.maketrans("łøđðıþ", "loddit")
_WORD = lazy_pattern(r"['’]?[^\W\d_]+(?:['’.-][^\W\d_]+)*[.]?")
_PATRONYMIC = lazy_pattern(
    r"(?:ович|евич|ич|овна|евна|ична|инична|ovich|evich|ovych|ovna|evna|ivna|івна|ївна)\Z", re.IGNORECASE
)
"""How the fathers' names end that stand behind a given name in Russian and Ukrainian, and many family names elsewhere."""

_OTHER_ORDER = lazy_pattern("CJK|HANGUL|HIRAGANA|KATAKANA|BOPOMOFO|YI SYLLABLE|IDEOGRAPH")


def given_name(name: str) -> str:
    """Return the name to open a letter with; empty where the name may be a company's, or may begin with the family's.

    Taken are known given names in names of two to four words that are written as names are: `Jane Doe`, `Dr. Jane van der Berg`, `Doe, Jane`,
    `DOE Jane`, `Jane Doe (Acme)`.
    """
    name = re.sub(r"\([^()]*\)|\[[^\[\]]*\]", " ", name).strip(" \t\"'")
    family, comma, given = name.partition(",")
    if comma and _is_suffix(given):
        return given_name(family)
    if comma:
        return _of_parts(_without_titles(given.split()), family.split())
    words = name.split()
    titled, words = len(words), _without_titles(words)
    if len(words) < 2 and len(words) < titled:  # "Dr. Doe": a family name
        return ""
    while len(words) > 1 and _is_suffix(words[-1]):
        words.pop()
    shouted = [word.isupper() and len(word) > 2 for word in words]
    if 2 <= len(words) <= 4 and shouted[0] and not all(shouted):  # `DOE Jane`, as in France
        first = shouted.index(False)
        return _of_parts(words[first:], words[:first])
    if len(words) > 2 and _PATRONYMIC.search(words[-1]):  # `Петров Иван Иванович`: the family's name is the first one
        return ""
    return _of_parts(words[:1], words[1:])


def _of_parts(given: list[str], family: list[str]) -> str:
    everything = (*given, *family)
    if not given or not family or len(everything) > 4:
        return ""
    if not all(_WORD.fullmatch(word) for word in everything) or any(_is_company(word) for word in everything):
        return ""
    first = given[0]
    said = first.rstrip(".").casefold()
    if len(said) < 2 or first.endswith(".") or said in _PARTICLES or said in _FAMILY_FIRST or _is_title(family[-1]):
        return ""
    if any(_OTHER_ORDER.search(unicodedata.name(letter, "")) for letter in "".join(everything)):
        return ""
    if not all(_plain(part) in _given() for part in first.split("-")):
        return ""
    has_case = first.casefold() != first or first.upper() != first
    return "" if has_case and (not first[0].isupper() or (first.isupper() and len(first) > 1)) else first


def _plain(name: str) -> str:
    """Return a name in small letters and without its accents, which many leave out."""
    parts = unicodedata.normalize("NFD", name.casefold().translate(_WITHOUT_ACCENT))
    return "".join(letter for letter in parts if not unicodedata.combining(letter))


@cache
def _given() -> frozenset[str]:
    return frozenset(map(_plain, known()))  # made when it is asked for: not while the program starts


def _without_titles(words: list[str]) -> list[str]:
    kept = list(words)
    while kept and _is_title(kept[0]):
        kept.pop(0)
    return kept


def _is_title(word: str) -> bool:
    return word.rstrip(".").casefold() in _TITLES


def _is_suffix(words: str) -> bool:
    return bool(words.split()) and all(
        word.rstrip(".").casefold() in _SUFFIXES for word in words.replace(",", " ").split()
    )


def _is_company(word: str) -> bool:
    said = word.replace(".", "").casefold()
    return said in _COMPANY or any(len(said) > len(end) + 2 and said.endswith(end) for end in _COMPANY_ENDINGS)
