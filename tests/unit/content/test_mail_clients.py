"""What mail programs add by themselves in languages that are seldom thought of, and what people write that looks like it."""

import pytest
from tests.helpers.mail_corpus import collapse

from deskhand.content.quotes import divide_plain

BOB = "Bob Vance <bob@shop.example>"
ATTRIBUTIONS = [
    "في الاثنين، ٣ مارس ٢٠٢٥ في ١٠:٠٠ ص تمت كتابة ما يلي بواسطة \u202aBob Vance\u202c\u200f <\u202abob@shop.example\u202c\u200f>:",
    f"در تاریخ دوشنبه ۳ مارس ۲۰۲۵،\u200f ۱۰:۰۰ {BOB} نوشت:",
    f"सोम, 3 मार्च 2025 को 10:00 am बजे को {BOB} ने लिखा:",
    f"Missatge de {BOB} del dia dl., 3 de març 2025 a les 10:00:",
    f"pon, 3. ožu 2025. u 10:00 {BOB} napisao je:",
    f"пон, 3. мар 2025. у 10:00 {BOB} је написао/ла:",
    f"V V pon., 3. mar. 2025 ob 10:00 je oseba {BOB} napisala:",
    f"Wiadomość napisana przez {BOB} w dniu 3 mar 2025, o godz. 10:00:",
    f"2025/03/03 10:00、{BOB}のメール:",
    "Dne 03. 03. 25 v 10:00 Bob Vance napsal(a):",
    "25. 3. 3. 10:00에 Bob Vance 이(가) 쓴 글:",
    f"În lun., 3 mar. 2025 la 10:00, Bob Vance\n{BOB[10:]} a scris:",
    f"На пн, 3.03.2025 г. в 10:00 Bob Vance\n{BOB[10:]} написа:",
    f"Kuupäev E, 3. märts 2025 kell 10:00 kirjutas Bob Vance\n{BOB[10:]}:",
]


@pytest.mark.parametrize("attribution", ATTRIBUTIONS)
def test_an_attribution_of_a_program_begins_history_in_every_language(attribution: str):
    parts = divide_plain(f"It works.\n\n{attribution}\n> Does it work?\n> Tell us.\n")
    assert parts.own == "It works."
    assert "Does it work?" in (parts.quoted or "")


@pytest.mark.parametrize("attribution", ATTRIBUTIONS)
def test_an_answer_below_it_stays_in_sight(attribution: str):
    parts = divide_plain(f"{attribution}\n> Does it work?\n\nIt works.\n")
    assert "It works." in parts.own


def test_minutes_that_a_customer_quotes_are_his_own():
    text = f"I met {BOB} on 3.3.2025 at 10:00, and he said:\n> We will refund you.\n"
    assert divide_plain(f"Hello,\n\n{text}").quoted is None


HEADERS = [
    "จาก: {bob}\nส่ง: วันจันทร์ที่ 3 มีนาคม 2025 10:00\nถึง: Ann\nเรื่อง: ฝา",
    "از: {bob}\nارسال شده: دوشنبه ۳ مارس 2025 10:00\nبه: Ann\nموضوع: در",
    "प्रेषक: {bob}\nभेजा गया: सोमवार, 3 मार्च 2025 10:00\nप्रति: Ann\nविषय: ढक्कन",
]


@pytest.mark.parametrize("header", HEADERS)
def test_a_header_block_begins_history_in_every_script(header: str):
    parts = divide_plain(f"It works.\n\n{header.format(bob=BOB)}\n\nDoes it work?\n")
    assert parts.own == "It works."


@pytest.mark.parametrize(
    "line",
    [
        "—-—-—-— Reply above this line to add a comment —-—-—-—",
        "~~~ Please enter your reply above ~~~",
        "## In replies all text above this line is added to the ticket ##",
        "##- Bitte schreiben Sie Ihre Antwort über diese Zeile -##",
        "##- Введите ответ над этой строкой -##",
        "##- يرجى كتابة ردك أعلى هذا السطر -##",
        "##- נא להקליד את תשובתך מעל שורה זו -##",
        "##- Írja be válaszát e sor fölé -##",
        "##- Πληκτρολογήστε την απάντησή σας πάνω από αυτή τη γραμμή -##",
        "##- Vă rugăm să scrieți răspunsul deasupra acestei linii -##",
    ],
)
def test_a_helpdesk_separator_begins_history(line: str):
    assert divide_plain(f"It works.\n\n{line}\n\nDoes it work?\n").own == "It works."


@pytest.mark.parametrize(
    "sentence",
    [
        "I cannot read the text above this line in the picture.",
        "Please write the price above the dotted line of the label.",
        "Ich soll über diese Zeile etwas schreiben, aber was genau?",
    ],
)
def test_a_sentence_about_a_line_is_no_separator(sentence: str):
    text = f"Hello,\n\n{sentence}\n\nWhat should I do?"
    assert divide_plain(text).own == text


@pytest.mark.parametrize(
    "line",
    [
        "Στάλθηκε από το iPhone μου",
        "Odoslané z iPhonu",
        "Poslano s mojeg iPhonea",
        "Enviat des del meu iPhone",
        "Được gửi từ iPhone của tôi",
        "Dikirim dari iPhone saya",
        "ส่งจาก iPhone ของฉัน",
        "मेरे iPhone से भेजा गया",
        "来自我的 iPhone",
        "Från min iPad",
        "Von Samsung Mobile gesendet",
        "Sent from Fastmail",
        "Sent with Spark",
        "Sent via BT Email App",
        "Sent from HEY",
        "Outlook für Android",
    ],
)
def test_what_a_phone_adds_is_set_apart(line: str):
    parts = divide_plain(f"It works.\n\n{line}\n")
    assert (parts.own, parts.signature) == ("It works.", line)


@pytest.mark.parametrize(
    "line",
    [
        "Sent from the warehouse on Monday",
        "Get Outlook for iOS to work, please",
        "Gesendet von DHL am 3. März",
        "Envoyé de Paris, jamais reçu",
        "Enviado desde Madrid el lunes, no llega",
        "Inviato da Roma lunedì e mai arrivato",
        "Отправлено с завода, но не пришло",
        "Verzonden met PostNL maar niet ontvangen",
        "发自我的仓库的包裹没到",
    ],
)
def test_what_was_sent_from_somewhere_else_is_said_by_the_customer(line: str):
    assert collapse(divide_plain(f"It is missing.\n\n{line}\n").own) == f"It is missing. {line}"
