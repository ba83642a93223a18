"""What customers write about and how agents answer, in nine languages.

Themes: `shop`, `refund`, `software`, `office`, `routing`. Not every language has topics of every theme.
"""

from deskhand_sandbox.topics.dutch import DUTCH
from deskhand_sandbox.topics.english import ENGLISH
from deskhand_sandbox.topics.european import FRENCH, GERMAN, POLISH
from deskhand_sandbox.topics.other_scripts import ARABIC, CHINESE, HEBREW, JAPANESE
from deskhand_sandbox.topics.topic import Language, Topic

LANGUAGES: dict[str, Language] = {
    "en": ENGLISH,
    "nl": DUTCH,
    "de": GERMAN,
    "fr": FRENCH,
    "pl": POLISH,
    "ar": ARABIC,
    "he": HEBREW,
    "ja": JAPANESE,
    "zh": CHINESE,
}

NOTES = (
    "Called the warehouse, they look into it before noon.",
    "Klant is vaste afnemer, graag met voorrang.",
    "Checked the log: the first attempt failed at 03:12, the second went through.",
    "Bitte erst antworten, wenn die Buchhaltung bestätigt hat.",
    "Offered 10 % off the next order, waiting for approval.",
    "Same complaint as last month, see the older ticket of this customer.",
)

__all__ = ["LANGUAGES", "NOTES", "Language", "Topic"]
