"""What phones, programs and servers add to a mail by themselves: "Sent from my phone", "This message is confidential", "External".

A line about a phone says so only if it names a device or a mail program too: "Sent from Madrid on Monday" is about a parcel.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Final

from deskhand.content.characters import shows_nothing
from deskhand.domain.lazy_pattern import lazy_pattern

_SENT: Final = (
    r"sent (?:from|with|via|using|by)|gesendet (?:von|mit|mithilfe|über)|diese (?:nachricht|e-?mail) wurde (?:von|mit)|von .{2,60} gesendet|"
    r"(?:verstuurd|verzonden) (?:vanaf|met|via|vanuit|door)|envoyé (?:de|du|depuis|à partir|avec|via|par)|"
    r"envia(?:do|da|t) (?:desde|con|do|da|a partir|pelo|com|de|des del?|via)|inviat[oa] (?:da|dal|con|tramite)|"
    r"(?:skickat|skickades) (?:från|med)|från min|sendt (?:fra|med|via)|lähetetty|wysłan[eoa] (?:z|ze|za|przy)|odesláno (?:z|ze|pomocí)|"
    r"odoslané (?:z|zo|pomocou)|poslano (?:s|sa|z|iz)|отправлено (?:с|со|из|через)|надіслано (?:з|із|через)|изпратено от|.{2,60} gönderildi|"
    r".{1,30}から送信|发自|发送自|来自我的|从我的|從我的|傳送自|.{1,40}에서 보냄|נשלח מ|أُ?رسلت من|ارسال(?: شده)? از|(?:el)?küldve|trimis (?:de pe|din|cu)|"
    r"(?:στάλθηκε|εστάλη) από|(?:được |đã )?gửi từ|dikirim dari|dihantar (?:dari|daripada)|ส่งจาก|.{1,40} से भेजा गया|.{2,60} küldve|"
    r"išsiųsta iš|nosūtīts no|saadetud|poslato (?:s|sa)|послато са|dërguar nga|از .{1,40} ارسال شد|send(?:t|es) úr"
)
_DEVICES: Final = (
    r"i(?:phon|pad|pod)|айфон|אייפון|android|galaxy|samsung|huawei|xiaomi|redmi|oneplus|google pixel|blackberry|xperia|windows phone|windows mail|"
    r"smartphone|(?:my|mijn|minu) (?:[\w-]+ ){0,3}(?:phone|mobile|tablet|device)\b|handy\b|mobil(?:e[nmrs]?|en?telefon|telefon|téléphone)?\b|mobiele|"
    r"mobilního|mobilu|mon téléphone|móvil|celular\b|cellulare|telemóvel|téléphone|telefonu|телефона|мобильн|мобільн|смартфон|手机|手機|휴대폰|"
    r"tablet\b|outlook|yahoo|gmail|proton ?mail|tutanota|fastmail|superhuman|airmail|bluemail|k-9|thunderbird|gmx|web\.de|mail\.ru|яндекс|yandex|"
    r"aol\b|e?-?mail[ -]app\b|(?:apple |zoho |t-online |telekom |edison |canary |<[^<>]{1,60}>)?mail(?:<[^<>]{1,60}>)? (?:for|für|voor|pour|para|per|til|för|app)\b|em client"
)
_SENT_FROM = lazy_pattern(
    rf"(?=.{{0,100}}(?<![^\W_]){'(?:' + _DEVICES + ')'}|.{{0,12}}iphone)(?:{_SENT})|"
    r"sent (?:from|with|via) (?:hey|nine|spark|front|missive|orange|free|canary|edison|newton|mailbird|my office mobile)(?: (?:for|on) \w+| mail| app)?\.?\Z|"
    r"(?:get|holen sie sich|obtenir|télécharger|obtener|obtenga|scarica|ottieni|obter o|obter|hämta|skaffa|hent|få|hanki|pobierz|pobierz aplikację|získat|stáhnout|descărcați)?"
    r" ?outlook (?:for|für|voor|pour|para|per|til|för|dla|pro|pentru|для) (?:ios|android|mac|windows)(?: \w{5,10})?(?: ?<[^<>]*>)?\Z|"
    r"get (?:bluemail|typeapp|aqua mail|spark|edison mail|canary mail|type mail) (?:for|on) (?:ios|android|mac|mobile|desktop|windows)(?: ?<[^<>]*>)?\.?\Z|"
    r"hanki outlook\b.{0,30}\Z|(?:ios|android)(?:-|:)?\w{0,4} outlook.{0,20}\Z|outlook.{0,3}(?:ios|android).{0,12}(?:を入手|下载|下載|다운로드|получить)\Z|"
    r"yahoo mail: search, organi[sz]e, conquer",
    re.IGNORECASE,
)
_LEGAL = lazy_pattern(
    r"confidential\w*|intended (?:solely |only |exclusively )?for|intended recipient|privileged|in error|disclaimer|unauthori[sz]ed|consider the environment|before printing|"
    r"vertraulich\w*|rechtlich geschützt\w*|(?:adressat|empfänger)\w*|irrtümlich\w*|unbefugt\w*|vernichten|an die umwelt|"
    r"confidentiel\w*|destinataires?|par erreur|confidencial\w*|destinatari[oa]s?|por error|medio ambiente|riservat\w*|confidenzial\w*|per errore|destinatári\w*|por (?:engano|erro)|"
    r"vertrouwelijk\w*|geadresseerde\w*|abusievelijk|per vergissing|konfidentiell\w*|sekretess\w*|avsed\w* för|av misstag|fortrolig\w*|konfidensiell\w*|ved en fei?l|"
    r"luottamuksellin\w*|vastaanottaj\w*|erehdyks\w*|poufn\w*|adresat\w*|omyłkow\w*|důvěrn\w*|adresát\w*|omylem|dôvern\w*|omylom|bizalmas\w*|címzett\w*|tévedés\w*|"
    r"confidențial\w*|destinatar\w*|din greșeală|povjerljiv\w*|poverljiv\w*|primatelj\w*|greškom|zaupn\w*|naslovnik\w*|pomotoma|εμπιστευτικ\w*|παραλήπτ\w*|(?:κατά|από) λάθος|εκ παραδρομής|"
    r"конфиденциальн\w*|адресат\w*|по ошибке|конфіденційн\w*|помилков\w*|поверителн\w*|получател\w*|по погрешка|gizli\w*|alıcı\w*|yanlışlıkla|bảo mật|người nhận|do nhầm lẫn|rahasia|penerima|"
    r"機密|宛先|誤って|機密|机密|保密|收件人|误收|誤收|기밀|수신인|수신자|잘못 (?:수신|전송)|سري\w*|المرسل إليه|بطريق الخطأ|عن طريق الخطأ|محرمانه|گیرنده|اشتباه|חסוי\w*|סודי\w*|הנמען|בטעות|ความลับ|ผู้รับ|โดยผิดพลาด",
    re.IGNORECASE,
)
_SCANNED = lazy_pattern(
    r"(?=.*(?:avast|avg|norton|mcafee|kaspersky|eset|sophos|mimecast|barracuda|www\.))(?:.*(?:virus|viren)\W?(?:free|frei|vrij|fri|fritt)|.*(?:scan|check|geprüft|gescannt|analys|analiz|gecontroleerd|libre|livre|priv[oa]|sans|без|провер)\w*.*(?:virus|viren|вирус)|"
    r".*(?:virus|viren|вирус).*(?:scan|check|geprüft|gescannt|analys|analiz|gecontroleerd|провер))",
    re.IGNORECASE | re.DOTALL,
)
_OF_A_MAIL = lazy_pattern(
    r"mail|message|communication|confidentiality|disclaimer|notice|nachricht|informa|courriel|mensaje|correo|messaggio|mensagem|bericht|meddela|meddele|melding|viesti|"
    r"wiadomoś|korespondencj|zpráv|správ|üzenet|levél|mesaj|poruk|sporočil|μήνυμα|сообщени|письмо|повідомлен|лист|съобщени|ileti|thư|pesan|surat|メール|邮件|郵件|메일|رسالة|البريد|پیام|ایمیل|הודעה|ข้อความ|อีเมล",
    re.IGNORECASE,
)
_FIRST_PERSON = lazy_pattern(
    r"\b(?:(?-i:I)|my|ich|mein\w*|mir|mon|mes|mio|mia|meu|minha|ik|mijn|jag|jeg|minä|minun|mój|moja|můj|moje|я|мой|моя|мне|мій|моя|benim|私|nekem|eu am)\b|我的|أنا|אני|저는|제가",
    re.IGNORECASE,
)
_BANNER = lazy_pattern(
    r"\A\W{0,8}(?:(?:data |document )?classification|sensitivity|klassifizierung|vertraulichkeit|rubricering|classificatie)\s*[:：].{1,60}\Z|\A\W{0,4}TLP:\w+\W{0,4}\Z|"
    r"\A\W{0,8}(?:(?:company |strictly |highly )?(?:internal|confidential|public|restricted|official|official-sensitive|general)(?: use)?(?: only)?|intern|vertraulich|öffentlich|nur für den internen gebrauch|interne kommunikation|"
    r"vertrouwelijk|confidentiel|interne|diffusion restreinte|confidencial|uso interno|riservato|poufne|社外秘|機密|内部)\W{0,8}\Z|"
    r"\A\W{0,8}(?:external|extern|externe|externo|esterno|ekstern|externí|外部)(?: (?:e-?mail|sender|mail))?\W{0,8}\Z|"
    r"outside (?:of )?(?:the|your|our|this) (?:\w+ )?(?:organi[sz]ation|company|network|business|university|institution)|external (?:e-?mail|sender|message|source|party)|"
    r"you (?:don['’]t|do not) often (?:get|receive) e-?mails? from|(?:do not|don['’]t|never) (?:click|open|follow) .{0,30}(?:links?|attachments?)|learn why this is important|"
    r"extern\w* (?:e-?mail|mail|absender|nachricht|afzender|bericht|avsändare|mejl|e-post|odesílatel)|außerhalb (?:der|unserer|ihrer|des) (?:\w+ )?(?:organisation|unternehmens|firma)|"
    r"sie erhalten nicht (?:häufig|oft) e-?mails von|(?:links|anhänge)\b.{0,60}(?:öffnen|klicken)|erfahren sie, warum dies wichtig ist|van buiten (?:de|onze|uw|het) (?:organisatie|bedrijf)|u ontvangt niet vaak e-?mail|"
    r"(?:courriel|e-?mail|message|expéditeur)s? (?:\w+ )?externe|(?:extérieur|externe) (?:à|de) (?:l['’]|votre |notre )(?:organisation|entreprise)|pas souvent (?:d['’])?e-?mails?|(?:liens?|pièces jointes)\b.{0,60}(?:cliquez|ouvrez)|"
    r"(?:correo|mensaje|remitente|e-?mail|mensagem|remetente) (?:electrónico )?extern[oa]|fuera de (?:la|su|tu|nuestra) organización|fora da (?:sua |nossa )?(?:organização|empresa)|(?:mail|messaggio|mittente) estern[oa]|"
    r"all['’]esterno d|no suele recibir correo|(?:nadawca|wiadomość|mail) (?:\w+ )?zewnętrzn\w*|spoza (?:naszej |twojej )?(?:organizacji|firmy)|ekstern\w* (?:afsender|avsender|mail|e-post)|utanför (?:din |vår )?organisation|"
    r"внешн\w* (?:письмо|отправител\w*|почт\w*)|(?:kurum|kuruluş|şirket)\w* dışı\w*|外部(?:から|の)(?:メール|送信者)|組織外|外部(?:邮件|郵件|发件人|寄件者)|외부 (?:메일|발신)",
    re.IGNORECASE,
)
_LONGEST_BANNER: Final = 400
_LINES_OF_A_BANNER: Final = 6
_MOST_SCANNED: Final = 160
_LEAST_LEGAL: Final = 2
_LEAST_LETTERS: Final = 80
_MOST_LINES: Final = 16
_MOST_LETTERS: Final = 4_000


def is_disclaimer(lines: Sequence[str]) -> bool:
    """Tell whether these lines are what a company's server or a virus scanner puts below every mail that leaves.

    All of them must read like it, and at least two of its words must stand there: people write of confidential things too.
    """
    text = "\n".join(lines)
    if not 0 < len(lines) <= _MOST_LINES or any(line.endswith(("?", "？", "؟")) for line in lines):
        return False
    if len(text) <= _MOST_SCANNED and _SCANNED.match(text) is not None:
        return True
    if _FIRST_PERSON.search(text) is not None or _OF_A_MAIL.search(lines[0]) is None:
        return False
    rare = not text[:_LEAST_LETTERS].isascii()  # a Chinese sentence is shorter
    if len({found.casefold() for found in _LEGAL.findall(text)}) < _LEAST_LEGAL or len(text) < _LEAST_LETTERS // (
        1 + rare
    ):
        return False
    return all(
        len(line) >= _LEAST_LETTERS // 2 or _LEGAL.search(line) or not any(map(str.isalnum, line)) for line in lines
    )


def without_added(lines: Iterable[str]) -> list[str]:
    """Return lines without what servers add: a warning or a label above, a disclaimer below, and phones; and without those that show nothing."""
    kept = [line for place, line in enumerate(lines) if place >= _LINES_OF_A_BANNER or not _is_banner(line)]
    kept = [line for line in kept if not shows_nothing(line) and not is_sent_from(line)]
    start, letters = len(kept), 0
    while start > max(0, len(kept) - _MOST_LINES) and (letters := letters + len(kept[start - 1])) <= _MOST_LETTERS:
        start -= 1
    return next((kept[:at] for at in range(start, len(kept)) if is_disclaimer(kept[at:])), kept)


def _is_banner(text: str) -> bool:
    return len(text) <= _LONGEST_BANNER and not text.endswith("?") and _BANNER.search(text) is not None


def is_sent_from(text: str) -> bool:
    """Tell whether a line is what phones and programs add below a mail."""
    return 6 <= len(text) <= 120 and _SENT_FROM.match(text.strip("*_ ")) is not None
