"""The words by which mail programs introduce what they quote, in thirty languages, and those of people who answer inside it.

Sources: the programs' own translations as they stand in mails (Gmail, Outlook, Apple Mail, Thunderbird's `composeMsgs.properties`,
Yahoo, Mail.ru, Yandex), and the tables of the public libraries that `quotes` was measured against.
"""

import re
from enum import Enum
from typing import Final

from deskhand.domain.lazy_pattern import lazy_pattern

MAX_LINE: Final = 400
"""Characters; a longer line introduces nothing."""

_MARKS: Final = "\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\ufeff"
_DIRECTION = lazy_pattern(f"[{_MARKS}]")
_DIGITS: Final = {ord(zero) + value: str(value) for zero in "٠۰०০๐" for value in range(10)}
_AT: Final = r"[^\s@<>]+@[^\s@<>]+"


def _any(words: str) -> str:
    return "|".join(re.escape(word.strip()).replace(r"\ ", r"\s+") for word in words.split("|") if word.strip())


# --- attributions

_VERBS: Final = (
    "wrote|writes|has written|schrieb|schrieben|geschrieben|hat geschrieben|schreef|geschreven|heeft geschreven|a écrit|écrit|a ecrit|"
    "escribió|escribio|ha escrito|ha scritto|scrive|scritto|escreveu|skrev|skrev följande|kirjoitti|napisał|napisała|napisał(a)|"
    "pisze|napsal|napsala|napsal(a)|napsal/a|napísal|napísal(a)|пишет|писал|писала|написал|написала|написал(а)|пише|написав|"
    "написав(ла)|написа|yazdı|şunu yazdı|şunları yazdı|のメッセージ|さんは書きました|書きました|写道|寫道|写到|写道|님이 작성|작성|썼다|"
    "ezt írta|írta|a scris|έγραψε|je napisao|je napisala|je napisao/la|je napisal|je napisal/-a|va escriure|ha escrit|menulis|đã viết|"
    "เขียนว่า|כתב|כתבה|כתב/ה|מאת|كتب|كتبت|kirjutas|rašė|rakstīja|skrifaði|idatzi zuen|"
    "napisao|napisala|napisao/la|написао|написао/ла|ने लिखा|نوشت|تمت كتابة|쓴 글|hau idatzi du|ang mga sumusunod|geskryf|aliandika|shkroi|yozdi|жазды|"
    "লিখেছেন|எழுதியது|यांनी लिहिले|نے لکھا|დაწერა|գրել է|viết"
)
_VERB = lazy_pattern(
    rf"(?<!\w)(?:{_any(_VERBS)})(?!\w)|写道|寫道|写到|のメッセージ|書きました|님이|작성|เขียนว่า|ने लिखा|쓴 글",
    re.IGNORECASE,
)
_VERB_WORDS: Final = tuple({word.strip().casefold().split()[-1] for word in _VERBS.split("|")} | {"님이", "تمت"})
"""To pass over most lines without a search."""
_LONGEST_WEAK: Final = 120
_LEAST_WRAPPED: Final = 60
_LONGEST_UNKNOWN: Final = 160
_INTRO = lazy_pattern(
    r"(?:on|am|vom|op|le|el|il|em|no dia|a|den|d\.|på|dne|dňa|dnia|w dniu|në|в|la|dia|în data|στις|vào|pada|בתאריך|ב-?|في|בתאריך|在|于|於)"
    r"(?![^\W\d_]).*[\d@]|(?:\w{2,12}\.?,?\s+)?(?:\w{3,12}\.?\s+)?\d{1,4}(?:[./-]|\.?\s+\w{3,12}|\s*年|,\s)|\d{4}[-/.]\d|\d{4}\s*[年년]",
    re.IGNORECASE,
)
_DATE = lazy_pattern(
    r"(?<!\d)(?:19|20)\d\d(?!\d)|(?<!\d)\d{1,2}[./-]\s?\d{1,2}[./-]\s?\d{2,4}|(?<!\d)\d\d\. \d{1,2}\. \d{1,2}\.|\d\s*[年년]|\d\s*[月월]\s*\d|(?<!\d)25\d\d(?!\d)"
)
_TIME = lazy_pattern(r"(?<!\d)\d{1,2}\s?[:.h時点时시]\s?\d{2}(?!\d{2})")
_SECONDS = lazy_pattern(r"\d[:.]\d\d[:.]\d\d")
_MAIL = lazy_pattern(_AT)
_ENDS = lazy_pattern(rf"[:：][\s{_MARKS}*_]*\Z")
_DASHED = lazy_pattern(r"-{2,}\s*(.{4,}?)\s*-{2,}\Z")
_MAIL_ENDS = lazy_pattern(rf"[<(\[「]\s*(?:mailto:)?{_AT}\s*[>)\]」][\"'\s{_MARKS}]*[:：][\s{_MARKS}]*\Z")
_MAIL_INSIDE = lazy_pattern(rf"[<(\[「]\s*(?:mailto:)?{_AT}\s*[>)\]」]")
_MAIL_BARE = lazy_pattern(rf"\b(?:by|von|door|par|por|da|av|af|od|от)\s+{_AT}\s*[:：]\Z", re.IGNORECASE)
_QUOTING = lazy_pattern(
    r"(?:quoting|zitat von|citando|citeren|citaat van|cytowanie|cituji|citerar|citat af|lainaus|цитирую|idézet|mensaje citado por)\b",
    re.IGNORECASE,
)
"""What Horde writes, without a date."""
_NAME_FIRST = lazy_pattern(rf"[^<>@]{{1,60}}<{_AT}>\s*\S", re.IGNORECASE)
_PERSONS = lazy_pattern(
    r"(?<!\w)(?:you|i|we|they|your|my|our|sie|du|ihr|ich|wir|ihre?|dein|u|je|jij|jullie|ik|wij|uw|vous|tu|nous|votre|usted|ustedes|"
    r"lei|voi|você|vocês|ni|jag|vi|jeg|te|вы|ты|мы|siz|sen|您|你|당신|vy)(?!\w)",
    re.IGNORECASE,
)


_SENTENCE_BEFORE = lazy_pattern(r"\S\s+\S*[^\W\d_]{3,}[.!?]\s+\S|[。！？]\s*\S")
"""A sentence before the one that speaks of writing: "I do not understand it. You wrote:"."""


class Attribution(Enum):
    """What a line like "... wrote:" is worth."""

    WEAK = 1
    """A person may have written it: "You wrote:"."""
    SURE = 2
    """A program wrote it, if quoted text follows."""
    FULL = 3
    """With date and address: a program wrote it, whatever follows."""


def may_end_attribution(text: str) -> bool:
    """Tell quickly whether an attribution can end with this line."""
    return len(text) <= MAX_LINE and (text.endswith("--") or _ENDS.search(text[-12:]) is not None)


def begins_attribution(text: str, *, wrapped: bool = True) -> bool:
    """Tell whether a line can be the first of an attribution.

    Args:
        wrapped: over several lines, of which the first may say nothing but the date.
    """
    if len(text) > MAX_LINE:
        return False
    text = _bare(text)
    if (_INTRO.match(text) or _NAME_FIRST.match(text)) is not None:
        return True
    return wrapped and _DATE.search(text) is not None and _TIME.search(text) is not None


def attribution(text: str, *, wrapped: bool = False) -> Attribution | None:
    """Judge a line, or the joined lines of a wrapped one, that `may_end_attribution`."""
    if len(text) > MAX_LINE:
        return None
    text = _bare(text)
    if wrapped and len(text) < _LEAST_WRAPPED and "@" not in text and _INTRO.match(text) is None:
        return None  # two lines of a person, one with a date
    dashed = _DASHED.match(text)
    text = dashed[1] if dashed else text
    if len(text) > _LONGEST_WEAK and "@" not in text and not any(map(str.isdigit, text)):
        return None
    folded = text.casefold()
    verb = any(word in folded for word in _VERB_WORDS) and _VERB.search(text) is not None
    if dashed and not verb:
        return None
    mail, date, time = (pattern.search(text) is not None for pattern in (_MAIL, _DATE, _TIME))
    begins = _INTRO.match(text) is not None
    personal = _PERSONS.search(text) is not None
    if verb and mail and date and time:
        return Attribution.FULL if begins or not personal else Attribution.SURE
    if verb and mail and (date or time):
        return Attribution.SURE
    if verb and date and time:
        return Attribution.WEAK if personal and not _SECONDS.search(text) else Attribution.SURE
    if verb and begins and (mail or date) and not personal:
        return Attribution.SURE
    if (verb and _MAIL_INSIDE.search(text) and not personal) or (_MAIL_ENDS.search(text) and _QUOTING.match(text)):
        return Attribution.SURE
    if mail and date and (_MAIL_ENDS.search(text) or (begins and time and _MAIL_BARE.search(text))):
        return Attribution.FULL if begins and time else Attribution.SURE
    if (
        date and time and not personal and len(text) <= _LONGEST_UNKNOWN and _MAIL_INSIDE.search(text)
    ):  # in a language whose words are not known
        return Attribution.SURE
    return Attribution.WEAK if verb and _SENTENCE_BEFORE.search(text) is None else None


def _bare(text: str) -> str:
    text = _DIRECTION.sub("", text).translate(_DIGITS)
    if text.startswith("--") and text.endswith((":", "：")):  # Yahoo's "--- On Monday, Bob wrote:"
        text = text.lstrip("-")
    return text.strip(" \t*_\xa0")


# --- "From, Sent, To, Subject"


class Role(Enum):
    """What a line of a header block names."""

    SENDER = 1
    SENT = 2
    """A word that only mail programs use for the time."""
    DATE = 3
    RECIPIENT = 4
    COPY = 5
    SUBJECT = 6
    OTHER = 7


FIRST_ROLES: Final = (Role.SENDER, Role.SENT, Role.DATE, Role.SUBJECT, Role.RECIPIENT)
"""What a header block can begin with; the last one only where something else says that it is one."""

_LABELS: Final = {
    Role.SENDER: "from|از|प्रेषक|von|van|de|da|fra|från|lähettäjä|keneltä|od|от|от кого|від|kimden|gönderen|差出人|送信者|发件人|寄件者|寄件人|發件人|보낸 사람|발신|"
    "보낸사람|feladó|de la|από|šalje|pošiljatelj|expéditeur|remitente|mittente|remetente|absender|afzender|avsändare|afsender|avsender|"
    "nadawca|odesílatel|odosielateľ|отправитель|من|מאת|từ|dari|saatja|no|nuo|จาก|frá|од|daripada|nga|kimdən|nork|منجانب|থেকে|அனுப்புநர்|mula kay|oddi wrth",
    Role.SENT: "sent|ارسال شده|فرستاده شده|भेजा गया|sent on|gesendet|gesendet am|verzonden|verstuurd|verzonden op|envoyé|envoyé le|enviado|enviado el|enviado em|enviada|"
    "enviada em|enviada el|inviato|inviato il|inviata|skickat|sendt|lähetetty|wysłano|wysłane|odesláno|odoslané|отправлено|надіслано|"
    "gönderildi|gönderilme|gönderme tarihi|gönderilme tarihi|送信日時|发送时间|寄件日期|傳送時間|發送時間|보낸 날짜|보낸날짜|elküldve|küldve|trimis|"
    "στάλθηκε|poslano|изпратено|изпратено на|تاريخ الإرسال|تم الإرسال|נשלח|đã gửi|dikirim|saadetud|nosūtīts|išsiųsta|enviat|ส่ง|"
    "poslato|послато|испратено|dihantar|dërguar|göndərildi|жіберілді|bidalia|بھیجا گیا|প্রেরিত|அனுப்பியது|ipinadala|anfonwyd",
    Role.DATE: "date|تاریخ|दिनांक|datum|fecha|data|dato|päivämäärä|päiväys|дата|tarih|日付|日時|日期|날짜|dátum|ημερομηνία|dátum|التاريخ|תאריך|ngày|tanggal|"
    "kuupäev|datums|วันที่",
    Role.RECIPIENT: "to|به|प्रति|an|aan|à|pour|para|a|per|till|til|vastaanottaja|kenelle|do|komu|кому|до|kime|alıcı|宛先|收件人|收件者|받는 사람|받은 사람|받는사람|"
    "címzett|către|προς|prima|za|إلى|אל|đến|kepada|adressaat|kam|per a|ถึง|til|за|për|kimə|кімге|nori|بنام|প্রতি|பெறுநர்|para kay|at",
    Role.COPY: "cc|bcc|kopie|kopia|kopi|kopio|dw|udw|копия|копія|bilgi|抄送|抄 送|副本|참조|másolatot kap|κοιν.|نسخة|עותק|cci|cco|c.c.",
    Role.SUBJECT: "subject|موضوع|विषय|betreff|betr.|onderwerp|objet|sujet|asunto|oggetto|assunto|ämne|emne|aihe|temat|předmět|predmet|тема|относно|konu|件名|"
    "主题|主 题|主旨|主題|标题|제목|tárgy|subiect|θέμα|zadeva|الموضوع|נושא|chủ đề|subjek|perihal|teema|tēma|tema|assumpte|เรื่อง|efni|subjekti|mövzu|тақырып|gaia|বিষয়|பொருள்|paksa|pwnc",
    Role.OTHER: "reply-to|antwort an|importance|priority|attachments|wichtigkeit|priorität|anlagen|prioriteit|urgentie|bijlagen|importance|"
    "pièces jointes|organization|organisation|importancia|vigtighed|viktighet|ważność|důležitost|важность|önem|重要度|重要性|添付ファイル|附件",
}
_LONG_DATE = lazy_pattern(r"(?=.*(?<!\d)(?:19|20)\d\d(?!\d))(?:.*[^\W\d_]{3}|.*[年년])")
"""With a name of a day or month and the year, as mail programs write it above what they quote."""
_ROLES: Final = {label.casefold(): role for role in reversed(Role) for label in _LABELS[role].split("|")}
_VOWELS: Final = "\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0900-\u0d7f\u0e31-\u0e4e"
"""Signs that belong to letters and are none themselves."""
_LABEL = lazy_pattern(
    rf"[\s{_MARKS}*_>]*([^\d\W](?:[\w{_VOWELS}. \u3000\xa0'/-]{{0,28}}[\w{_VOWELS}.])?)[\s{_MARKS}*_]*[:：][\s{_MARKS}*_]*(.*)\Z",
    re.DOTALL,
)


def header_line(text: str) -> tuple[Role, str] | None:
    """Return the role and the value of a line such as "Subject: x", or None."""
    start = text[:MAX_LINE]
    found = _LABEL.match(start) if ":" in start or "：" in start else None
    role = _ROLES.get(" ".join(found[1].split()).casefold()) if found else None
    return (role, found[2].strip()) if found and role else None


def is_label(text: str) -> bool:
    """Tell whether a line has the form of "Name: Ann", whatever it names."""
    return _LABEL.match(text[:MAX_LINE]) is not None


def is_header(fields: dict[Role, str], *, ruled: bool) -> bool:
    """Tell whether these lines can only be a mail's header: travellers, forms and logs have From, To, Date and Subject too.

    Args:
        ruled: a drawn line, a separator or a program's mark stands above them.
    """
    sender, subject = fields.get(Role.SENDER, ""), Role.SUBJECT in fields
    people = " ".join((sender, fields.get(Role.RECIPIENT, ""), fields.get(Role.COPY, "")))
    if not sender or not subject:
        return False
    timed = _TIME.search(fields.get(Role.SENT) or fields.get(Role.DATE, "")) is not None
    if Role.SENT in fields:
        return "@" in people or (
            timed and Role.RECIPIENT in fields and _LONG_DATE.search(fields[Role.SENT]) is not None
        )
    return ruled and Role.RECIPIENT in fields and "@" in people and timed


# --- separators

_ORIGINAL: Final = (
    "original message|original email|original mail|original appointment|reply message|ursprüngliche nachricht|originalnachricht|original-nachricht|"
    "ursprüngliche e-mail|oorspronkelijk bericht|origineel bericht|oorspronkelijke e-mail|message d'origine|message d’origine|message original|"
    "message initial|mensaje original|messaggio originale|mensagem original|mensagem original|ursprungligt meddelande|originalmeddelande|"
    "oprindelig meddelelse|oprindelig mail|oprindelig besked|opprinnelig melding|original melding|alkuperäinen viesti|wiadomość oryginalna|oryginalna wiadomość|"
    "treść oryginalnej wiadomości|původní zpráva|původní e-mail|pôvodná správa|исходное сообщение|оригинальное сообщение|"
    "первоначальное сообщение|оригінальне повідомлення|вихідне повідомлення|özgün ileti|orijinal mesaj|orijinal ileti|元のメッセージ|"
    "元のメール|원본 이메일|原始邮件|原始郵件|原邮件|邮件原件|原始讯息|original|원본 메시지|원본 메일|원래 메시지|eredeti üzenet|mesaj original|mesajul original|"
    "αρχικό μήνυμα|izvorna poruka|izvirno sporočilo|оригинално съобщение|оригинално писмо|الرسالة الأصلية|ההודעה המקורית|הודעה מקורית|missatge original|"
    "tin nhắn gốc|pesan asli|ข้อความต้นฉบับ"
)
_FORWARDED: Final = (
    "forwarded message|forwarded mail|begin forwarded message|weitergeleitete nachricht|anfang der weitergeleiteten nachricht|"
    "anfang der weitergeleiteten e-mail|weitergeleitete e-mail|doorgestuurd bericht|begin doorgestuurd bericht|message transféré|"
    "message réexpédié|début du message réexpédié|début du message transféré|mensaje reenviado|inicio del mensaje reenviado|messaggio inoltrato|"
    "inizio messaggio inoltrato|mensagem encaminhada|mensagem reencaminhada|início da mensagem encaminhada|início da mensagem reencaminhada|"
    "vidarebefordrat meddelande|vidarebefordrat brev|vidarebefordrat mejl|videresendt meddelelse|videresendt besked|start på videresendt besked|"
    "videresendt melding|videresendt e-post|välitetty viesti|edelleenlähetetty viesti|välitetty viesti alkaa|wiadomość przekazana dalej|"
    "przekazana wiadomość|treść przekazanej wiadomości|początek przekazywanej wiadomości|přeposlaná zpráva|předaná zpráva|začátek přeposílané zprávy|"
    "přeposílaná zpráva|preposlaná správa|пересланное сообщение|пересылаемое сообщение|переадресованное сообщение|начало переадресованного сообщения|"
    "переслане повідомлення|iletilen mesaj|iletilen ileti|iletilmiş ileti|yönlendirilmiş mesaj|転送メッセージ|転送されたメッセージ|転送メール|転送されたメール|"
    "转发的邮件|转发邮件|转发的消息|轉寄的郵件|轉寄郵件|轉寄的訊息|已转发邮件|被转发邮件信息|开始转发的邮件|전달된 메시지|전달된 메일|továbbított üzenet|mesaj redirecționat|"
    "προωθημένο μήνυμα|proslijeđena poruka|posredovano sporočilo|препратено съобщение|الرسالة المحولة|رسالة معاد توجيهها|הודעה שהועברה|missatge reenviat|رسالة مُعاد توجيهها|تمت إعادة التوجيه|thư đã chuyển tiếp|tin nhắn đã chuyển tiếp|pesan terusan|pesan yang diteruskan|ข้อความที่ส่งต่อ|پیام بازارسال‌شده|"
    "अग्रेषित संदेश|prosleđena poruka|posredované|пренасочено съобщение"
)
_ORIGINAL_LINE = lazy_pattern(rf"[-_=*\s]{{2,}}\s*(?:{_any(_ORIGINAL)})\s*[-_=*\s]{{2,}}\Z", re.IGNORECASE)
_GROUPWISE_LINE = lazy_pattern(
    r">>>\s.{3,160}?\s\d{1,4}[./-]\d{1,2}[./-]\d{2,4}\b.{0,12}?\d{1,2}[:.]\d\d(?:\s?[ap]\.?m\.?)?\s*>>>\Z",
    re.IGNORECASE,
)
_FORWARD_LINE = lazy_pattern(
    r"-{3,}\s*(?:forwarded by|weitergeleitet von|doorgestuurd door|(?:transmis|réacheminé|transféré) par|(?:remitido|reenviado) por|inoltrato da|(?:repassado|encaminhado) por|"
    r"vidarebefordrat av|videresendt a[fv]|edelleenlähettä\w+|przesłane przez|předáno|переслано|iletici|転送者|转发人)\b.{4,120}-{3,}\Z|"
    rf"(?:[-_=*\s>]{{2,}}\s*)?(?:{_any(_FORWARDED)})(?:\s*[-_=*<\s]{{2,}}|\s*[:：]?)\Z",
    re.IGNORECASE,
)
_DASHES = lazy_pattern(r"-{5,}.{4,80}?-{5,}\Z")
_REPLY_ABOVE = lazy_pattern(
    r"[-#=*_\s\W]*(?:"
    r"(?:please\s+)?(?:type|write|enter|add|reply|respond|to reply|put)\b.{0,60}?\babove\b.{0,20}\bline\b"
    r"|(?:bitte\s+)?.{0,40}?\b(?:oberhalb|über)\s+dieser\s+(?:linie|zeile)\b|.{0,60}?\b(?:boven|bovenaan)\s+deze\s+(?:regel|lijn)\b"
    r"|.{0,60}?\bau-?\s?dessus\s+de\s+cette\s+ligne\b|.{0,60}?\b(?:encima|arriba)\s+de\s+esta\s+línea\b|.{0,60}?\bsopra\s+(?:a\s+)?questa\s+(?:riga|linea)\b"
    r"|.{0,60}?\bacima\s+d(?:esta|a)\s+linha\b|.{0,60}?\bovanför\s+(?:den\s+här|denna)\s+rad(?:en)?\b|.{0,60}?\bover\s+denne\s+(?:linje|linjen|linien)\b|.{0,60}?\büber\s+diese\s+(?:linie|zeile)\b"
    r"|.{0,60}?\btämän\s+(?:rivin|viivan)\s+yläpuolelle\b|.{0,60}?\b(?:powyżej|nad)\s+(?:tej|tą)\s+(?:linii|linią)\b|.{0,60}?\bnad\s+t(?:ento|ímto)\s+řád(?:ek|kem)\b"
    r"|.{0,60}?\b(?:выше\s+этой\s+(?:линии|строки)|над\s+этой\s+(?:линией|строкой)|(?:вище\s+цього|над\s+цим)\s+рядк(?:а|ом))\b|.{0,60}?\bbu\s+satırın\s+üst(?:üne|ünde)\b|.{0,40}?この(?:行|線)(?:より)?の?上|.{0,40}?(?:此|这)(?:行|线)(?:之|以)?上|.{0,40}?此線以?上|.{0,40}이\s*(?:선|줄)\s*위"
    r"|.{0,60}?\be\s+(?:sor|vonal)\s+fölé\b|.{0,60}?\bπάνω\s+από\s+αυτήν?\s+τη(?:ν)?\s+γραμμή\b|.{0,60}?\bdeasupra\s+acestei\s+linii\b"
    r"|.{0,60}?\biznad\s+ov[eo]\s+(?:linije|retka|crte)\b|.{0,60}?\bnad\s+t(?:ento|ýmto)\s+riad(?:ok|kom)\b|.{0,60}?(?:أعلى|فوق)\s+هذا\s+السطر|.{0,60}?מעל\s+(?:ל)?שורה\s+זו"
    r")(?:.{0,24}|.{0,60}[-#=*_~\u2010-\u2015]{2,})\Z"
    r"|[-#=*_~\u2010-\u2015]{2,}\s*(?:.{0,60}?\btext\s+above\s+this\s+line\b.{0,60}?|(?:please\s+)?(?:type|write|enter|add|put)\s+your\s+reply\s+above)\s*[-#=*_~\u2010-\u2015]{2,}\Z",
    re.IGNORECASE | re.DOTALL,
)
_ABOVE_WORDS = lazy_pattern(
    r"above|oberhalb|über|boven|dessus|encima|arriba|sopra|acima|ovanför|over|yläpuo|powyż|nad|выше|над|вище|üst|上|위|fölé|πάνω|deasupra|أعلى|فوق|מעל",
    re.IGNORECASE,
)
_SEPARATES = lazy_pattern(
    r"above|oberhalb|über|boven|dessus|encima|arriba|sopra|acima|ovanför|over|yläpuo|powyż|nad|выше|над|вище|üst|上|위|fölé|πάνω|deasupra|أعلى|فوق|מעל|message|nachricht|bericht|"
    r"mensaje|messaggio|mensagem|meddel|melding|viesti|wiadom|zpráva|сообщ|ileti|mesaj|メッセ|转发|轉寄|전달",
    re.IGNORECASE,
)
_RULE = lazy_pattern(r"[-_=*~\u2010-\u2015\u2500]{5,}\Z")


def may_introduce(text: str) -> bool:
    """Tell quickly whether a line can be a separator or begin a header block."""
    return 4 <= len(text) <= MAX_LINE and (
        ":" in text or "：" in text or text[0] in "-_=*#>~—–" or _SEPARATES.search(text) is not None
    )


def is_original_line(text: str) -> bool:
    """Tell whether a line is a separator like "-----Original Message-----"."""
    return 6 <= len(text) <= MAX_LINE and (_ORIGINAL_LINE.match(text) is not None or is_between_arrows(text))


def is_between_arrows(text: str) -> bool:
    """Tell whether a line is what GroupWise writes above a quotation: ">>> Ann Lee <ann@home.example> 3/3/2025 10:00 AM >>>"."""
    return text.startswith(">>>") and len(text) <= MAX_LINE and _GROUPWISE_LINE.match(text) is not None


def is_reply_above_line(text: str) -> bool:
    """Tell whether a line is a helpdesk's "Please type your reply above this line", which stands alone on its line."""
    return 8 <= len(text) <= 160 and _ABOVE_WORDS.search(text) is not None and _REPLY_ABOVE.match(text) is not None


def is_forward_line(text: str) -> bool:
    """Tell whether a line introduces a forwarded mail."""
    return 4 <= len(text) <= MAX_LINE and _FORWARD_LINE.match(text) is not None


def is_dashed_line(text: str) -> bool:
    """Tell whether words stand between two rows of dashes, as Gmail writes above a forwarded mail in every language."""
    return len(text) <= MAX_LINE and _DASHES.match(text) is not None


def is_rule(text: str) -> bool:
    """Tell whether a line is nothing but a drawn rule."""
    return len(text) <= MAX_LINE and _RULE.match(text) is not None


# --- the ends of texts

_DELIMITER = lazy_pattern(r"(?:--|\u2014|\u2013|-\s-|_{2,3})\Z")


def is_delimiter(text: str) -> bool:
    """Tell whether a line is the `-- ` above a signature."""
    return len(text) <= 3 and _DELIMITER.match(text) is not None
