"""What customers write about, in nine languages. `{order}`, `{amount}` and `{version}` are blanks."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Topic:
    """A subject, the customer's first message, what the customer writes later and what agents answer."""

    theme: str
    subject: str
    opening: str
    later: tuple[str, ...]
    answers: tuple[str, ...]


NOTES = (
    "Called the warehouse, they look into it before noon.",
    "Klant is vaste afnemer, graag met voorrang.",
    "Checked the log: the first attempt failed at 03:12, the second went through.",
    "Bitte erst antworten, wenn die Buchhaltung bestätigt hat.",
    "Offered 10 % off the next order, waiting for approval.",
)

_EN_LATER = (
    "Thank you for the quick answer. I will check and come back to you.",
    "That did not help, I am afraid. Is there anything else we can try?",
    "Any news on this?",
    "Great, that solved it. 🎉",
    "I have attached what you asked for.",
)
_EN_ANSWERS = (
    "Thanks for reaching out. I have looked this up and will get back to you today.",
    "I am sorry for the trouble. Could you send us a photo or a screenshot?",
    "Good news: this is arranged. You will see it within two working days.",
    "I have passed this on to my colleagues and will keep an eye on it.",
)
_NL_LATER = (
    "Bedankt voor de snelle reactie. Ik kijk het na en laat het weten.",
    "Helaas heeft dat niet geholpen. Kunnen we nog iets anders proberen?",
    "Is hier al nieuws over?",
    "Top, het is gelukt. Bedankt!",
    "In de bijlage vindt u wat u vroeg.",
)
_NL_ANSWERS = (
    "Bedankt voor uw bericht. Ik zoek dit uit en kom er vandaag op terug.",
    "Excuses voor het ongemak. Kunt u ons een foto of schermafdruk sturen?",
    "Goed nieuws: het is geregeld. U ziet het binnen twee werkdagen terug.",
    "Ik heb het doorgezet naar mijn collega en houd het voor u in de gaten.",
)

TOPICS: dict[str, tuple[Topic, ...]] = {
    "en": (
        Topic(
            "shop",
            "Where is my order {order}?",
            "Hello,\n\nI ordered nine days ago and the tracking page has not changed since Monday. Order {order}. Where is it?",
            _EN_LATER,
            _EN_ANSWERS,
        ),
    ),
    "nl": (
        Topic(
            "office",
            "Factuur {order} klopt niet",
            "Goedemiddag,\n\nOp factuur {order} staat € {amount}, maar wij hadden iets anders afgesproken. Kunt u dit nakijken?",
            _NL_LATER,
            _NL_ANSWERS,
        ),
    ),
}
for _language in ("de", "fr", "pl", "ar", "he", "ja", "zh"):
    TOPICS[_language] = TOPICS["en"]
