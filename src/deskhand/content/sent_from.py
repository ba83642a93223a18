"""What phones and programs add below a mail by themselves: "Sent from my phone", "Get Outlook for Android".

A line says so only if it names a device or a mail program too: "Sent from Madrid on Monday" is about a parcel.
"""

import re
from typing import Final

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
_SENT_FROM = re.compile(
    rf"(?=.{{0,100}}(?<![^\W_]){'(?:' + _DEVICES + ')'}|.{{0,12}}iphone)(?:{_SENT})|"
    r"sent (?:from|with|via) (?:hey|nine|spark|front|missive|orange|free|canary|edison|newton|mailbird|my office mobile)(?: (?:for|on) \w+| mail| app)?\.?\Z|"
    r"(?:get|holen sie sich|obtenir|télécharger|obtener|obtenga|scarica|ottieni|obter o|obter|hämta|skaffa|hent|få|hanki|pobierz|pobierz aplikację|získat|stáhnout|descărcați)?"
    r" ?outlook (?:for|für|voor|pour|para|per|til|för|dla|pro|pentru|для) (?:ios|android|mac|windows)(?: \w{5,10})?(?: ?<[^<>]*>)?\Z|"
    r"get (?:bluemail|typeapp|aqua mail|spark|edison mail|canary mail|type mail) (?:for|on) (?:ios|android|mac|mobile|desktop|windows)(?: ?<[^<>]*>)?\.?\Z|"
    r"hanki outlook\b.{0,30}\Z|(?:ios|android)(?:-|:)?\w{0,4} outlook.{0,20}\Z|outlook.{0,3}(?:ios|android).{0,12}(?:を入手|下载|下載|다운로드|получить)\Z|"
    r"yahoo mail: search, organi[sz]e, conquer",
    re.IGNORECASE,
)


def is_sent_from(text: str) -> bool:
    """Tell whether a line is what phones and programs add below a mail."""
    return 6 <= len(text) <= 120 and _SENT_FROM.match(text.strip("*_ ")) is not None
