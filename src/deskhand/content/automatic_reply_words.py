"""What automatic replies say, in English, Dutch, German, French and Spanish: the table that `automatic_replies` reads.

Sources: the default texts of Outlook, Gmail, Thunderbird's add-ons and Exchange in these languages, RFC 3834 (headers) and the headers
that helpdesks and list servers add.
"""

import re
from typing import Final

from deskhand.domain.lazy_pattern import lazy_pattern

SUBJECTS: Final = lazy_pattern(
    r"\W*(?:(?:automatic|automated|auto)[ -]?(?:reply|response)|out[ -]of[ -](?:the[ -])?office(?: (?:auto)?[ -]?reply| message)?|"
    r"automatisch(?:e)? (?:antwoord|beantwoording)|afwezig(?:heidsbericht|heidsassistent)?|niet aanwezig|"
    r"automatische antwort|abwesenheits(?:notiz|assistent|meldung)|abwesend|"
    r"réponse automatique|absente? du bureau|respuesta automática|fuera de (?:la )?oficina)\s*:.*",
    re.DOTALL,
)
"""Subjects of automatic replies, in small letters: the name, a colon, and what it answers."""

ANNOUNCED: Final = lazy_pattern(
    r"(?:please note(?: that)?:? )?(?:this is an? |note: )?(?:automatic|automated|auto)(?:ally generated)?[ -]?(?:e-?mail )?"
    r"(?:reply|response|message|e-?mail|notification)(?: please do not (?:reply|respond))?|"
    r"(?:dit is een )?(?:automatisch(?:e)?(?: gegenereerde?)?|geautomatiseerd(?:e)?) (?:antwoord|bericht|reactie|e-?mail|mail)|"
    r"(?:dies ist eine |das ist eine )?automatisch(?:e)?(?: generierte| erzeugte| erstellte)? (?:antwort|nachricht|e-?mail|mail|benachrichtigung)|"
    r"(?:ceci est |il s'agit d')?(?:une |un )?(?:réponse|message|courriel|e-?mail) (?:automatique|généré automatiquement)|"
    r"(?:este es |esta es |esto es )?(?:un |una )?(?:respuesta|mensaje|correo) (?:automátic[oa]|generad[oa] automáticamente)",
)
"""A sentence of its own that says so, in small letters."""

ABSENT: Final = lazy_pattern(
    r"(?:out of (?:the )?office|away from (?:the office|my desk|my e-?mail)|on (?:annual |parental |sick |maternity |paternity )?leave|"
    r"on (?:holiday|vacation)|not in the office|"
    r"niet (?:op kantoor|aanwezig|bereikbaar)|afwezig|met (?:vakantie|verlof)|op vakantie|"
    r"nicht (?:im (?:büro|hause?)|erreichbar)|außer haus|abwesend|im urlaub|"
    r"absente? du bureau|absente?|en (?:congés?|vacances)|hors du bureau|"
    r"fuera de (?:la )?oficina|ausente|de vacaciones)(?!\w)",
)
"""What a sentence about an absence has in it; everything else in it must be of `BESIDE_ABSENCE`."""

BESIDE_ABSENCE: Final = frozenset(
    token
    for tokens in (
        # English
        (
            "hi hello dear hallo beste bonjour hola i am i'm i’m will be shall currently presently at the moment and from "
            "until till to through up including for with no limited only access my e-mail email emails mail on in a this "
            "next week weeks day days today tomorrow back again return returning available not able reply respond answer "
            "during time period of office as monday tuesday wednesday thursday friday saturday sunday january february "
            "march april may june july august september october november december th st nd rd inclusive year"
        ),
        # Dutch
        (
            "ik ben op dit momenteel tot en met van vanaf weer terug aanwezig bereikbaar beperkt mijn de het kantoor wegens "
            "vakantie maandag dinsdag woensdag donderdag vrijdag zaterdag zondag januari februari maart mei juni juli "
            "augustus oktober zal zijn heb geen toegang er"
        ),
        # German
        (
            "ich bin bis zum vom am ab derzeit zurzeit momentan wieder einschließlich und nicht leider für sie da der dem "
            "den im büro erreichbar zurück urlaub wegen kein keinen zugriff auf meine e-mails mails habe werde sein montag "
            "dienstag mittwoch donnerstag freitag samstag sonntag januar februar märz juni juli oktober dezember"
        ),
        # French
        (
            "je suis actuellement serai jusqu'au jusqu’au du au et de le la retour inclus lundi mardi mercredi jeudi "
            "vendredi samedi dimanche janvier février mars avril mai juin juillet août septembre octobre novembre décembre "
            "bureau sans accès à ma messagerie mes mails pour"
        ),
        # Spanish
        (
            "estoy estaré actualmente hasta el desde del al y me encuentro vuelvo de la oficina lunes martes miércoles "
            "jueves viernes sábado domingo enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre "
            "diciembre acceso a mi correo sin"
        ),
    )
    for token in tokens.split()
)
"""Beside numbers: the only tokens that may stand in a sentence about an absence. One that says more is somebody's own."""

BESIDE_ABSENCE_SENTENCES: Final = lazy_pattern(
    r"(?:thank you|thanks|many thanks) for your (?:e-?mail|message|mail|note)|"
    r"(?:hartelijk |veel )?(?:dank|bedankt)(?: u wel| je wel)? voor (?:uw|je) (?:e-?mail|bericht|mail)|"
    r"(?:vielen |herzlichen |besten )?dank für (?:ihre|deine) (?:e-?mail|nachricht|mail)|"
    r"merci (?:pour|de) votre (?:message|e-?mail|courriel|mail)|gracias por (?:su|tu) (?:mensaje|correo|e-?mail)|"
    r"(?:i will|i'll|i’ll|i shall) (?:reply|respond|answer|get back|read|be back|return|process)\b.{0,90}|"
    r"(?:for|in|if|with)\b.{0,40}\b(?:urgent|emergency|emergencies|immediate)\b.{0,120}|your (?:e-?mail|message) will\b.{0,60}|"
    r"(?:voor|bij|in|als)\b.{0,40}\b(?:dringende?|spoed|urgente?)\b.{0,120}|"
    r"(?:ik (?:zal|ben|lees|beantwoord)|uw (?:e-?mail|bericht|mail)) .{0,90}(?:terug|terugkomst|doorgestuurd|beantwoord\w*|gelezen)\b.{0,30}|"
    r"(?:in|bei)\b.{0,30}\b(?:dringend\w*|eilig\w*|notf[aä]ll\w*)\b.{0,120}|"
    r"(?:ihre|deine|meine) (?:e-?mails?|nachrichten?|mails?) (?:wird|werden)\b.{0,80}|"
    r"ich (?:werde|melde)\b.{0,60}(?:rückkehr|zurück|beantworten|melden|bei ihnen)\b.{0,30}|"
    r"(?:en cas|pour)\b.{0,30}\burgen\w+.{0,120}|je (?:vous répondrai|répondrai|prendrai connaissance)\b.{0,80}|"
    r"(?:para|en caso de)\b.{0,30}\burgen\w+.{0,120}|(?:le |te )?(?:responderé|contestaré)\b.{0,80}",
)
"""Sentences that go with one about an absence, in small letters."""
