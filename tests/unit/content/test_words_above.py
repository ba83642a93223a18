"""Words above an unmarked old mail that say that answers stand inside it, or that it is somebody else's; and words that say neither."""

import pytest
from tests.helpers.mail_corpus import words_of

from deskhand.content.quotes import divide, divide_plain
from deskhand.content.sanitize import sanitize

ANSWERED_INSIDE = """\
en Find my feedback below.|I replied directly under each point.|My input is below.|See comments|I've put the requested data in your mail.
en I have added what you asked for under each bullet.|Mine in blue|See blue text|I wrote under your text.|Please scroll down.|See the yellow parts.
en I have completed the table.|We filled in the missing fields.|The list is filled in.|Changes below in red
de Ich habe die Fragen direkt in Ihrer Mail beantwortet.|Meine Rückmeldung in rot|s. unten|Ich hab's direkt drunter geschrieben.|Bitte nach unten scrollen.
de Ich habe es unter Ihre Fragen geschrieben.|Siehe Kommentare|Siehe meine Einträge in Ihrer Tabelle|Die Tabelle ist ausgefüllt.
nl Ik heb in je mail geantwoord.|Mijn reactie staat tussen de tekst.|Ingevuld hieronder|Hieronder de gevraagde gegevens|De tabel is ingevuld.
fr Je vous réponds point par point ci-après.|cf. ci-dessous|J'ai rempli le tableau.
es Te lo pongo más abajo.|He rellenado la tabla.
it Risposte in calce|Ho compilato la tabella.
pt Segue abaixo em azul.|Preenchi a tabela.
pl Odpisałam pod pytaniami.|Uzupełniłem tabelę.
ru См. ниже
uk Див. нижче
fi Ks. alla
tr Aşağıda kırmızı ile yazdım.|Mailin içinde cevapladım.
zh 答案在下面
"""
PASSED_ON = """\
en Hi, our customer sent us the request, could you answer him?|Can you help this customer?|See the customer's complaint.|Please take over.|Here is the confirmation I received
de Könnt ihr das bitte übernehmen?|Hier die Bestätigung, die ich bekommen habe|Anbei die Mail unseres Kunden|Unsere Kundin schreibt uns das.
nl Kunnen jullie dit oppakken?|Hierbij de bevestiging|Onze klant vraagt het volgende.
fr Pouvez-vous traiter cette demande ?|Notre client nous écrit ceci.|Voici la confirmation
es ¿Podéis gestionar esto?|Nuestro cliente nos pide esto.
it Potete gestire questa richiesta?|Il nostro cliente ci scrive questo.
pt Podem tratar disto?|O nosso cliente escreveu isto.
pl Nasz klient pyta o to.
ru Наш клиент пишет.
ja お客様からです。
zh 客户来信
ko 고객님이 보낸 메일입니다.
"""
ORDINARY = """\
en Thanks, that solved it.|The below-average quality is annoying.|The temperature is below the limit.|It fell below 5 degrees.|The value stays below average.|I completed the payment.|Our customer number is 4711.
en The red light is on.|I want it in blue.|The parts in red are broken.|I put the lid in the box.|I wrote to you last week.|I entered my password in the field but it fails.
en Please see the attached picture.|Please advise when it will be shipped.|Can you help the customer service find my order?|Our customers are complaining, when is it fixed?
en As I wrote in my last mail, it is broken.|In your e-mail you wrote that it is free.|I got a message that the payment failed.|I would like to complete the list of my orders.|I noted the number on your invoice.
de Mein Kollege hat schon angerufen.|Der Kunde hat den Deckel zurückgeschickt.|In Ihrer Mail stand, dass es kostenlos ist.|Siehe Anhang.|Ich habe unter Ihrem Namen nichts gefunden.
en We read the notes and it works.|Can you help me with this?|Please take care of the refund.|The list was completed yesterday.|My client ID is 5.|The customer portal is down.|Here is my address.
de Der Deckel unten klemmt.|Die Lampe leuchtet rot.|Unsere Kundennummer ist 4711.|Können Sie mir helfen?|Hier ist meine Anschrift.|Anbei die Rechnung.|Der Kundendienst hat sich nicht gemeldet.
de Ich habe unter der Nummer angerufen.|Das Kundenkonto ist gesperrt.|Im Text der Rechnung steht 5 Euro.
nl Kunt u mij helpen?|Hierbij de factuur.|De klantenservice heeft niet gebeld.
fr Mon numéro de client est 4711.|Pouvez-vous m'aider ?|Voici mon adresse.|Le service client a répondu.
es Mi número de cliente es 4711.|¿Pueden ayudarme?|Aquí está mi dirección.
it Il mio codice cliente è 4711.|Potete aiutarmi?|Ecco il mio indirizzo.
pt O meu número de cliente é 4711.|O preço está abaixo de 5.
pl Cena jest poniżej 5 zł.
ru Цена ниже, чем была.
ja お客様番号は4711です。
zh 客户号是4711。
"""
BANNERS = [
    "CAUTION: This email originated from outside of the organization.",
    "[EXTERNAL]",
    "You don't often get email from ann@home.example. Learn why this is important",
    "Achtung: Diese E-Mail stammt von einem externen Absender.",
    "Let op: deze e-mail komt van buiten de organisatie.",
    "ATTENTION : expéditeur externe",
    "Precaución: correo externo",
    "Внимание: внешний отправитель",
]
HEADER = """\
<div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm"><p class="MsoNormal">\
<b>From:</b> Bob Vance &lt;bob@shop.example&gt;<br><b>Sent:</b> Monday, March 3, 2025 10:00 AM<br>\
<b>To:</b> Ann Lee &lt;ann@home.example&gt;<br><b>Subject:</b> Lid</p></div>"""
TEXT_HEADER = """\
From: Bob Vance <bob@shop.example>
Sent: Monday, March 3, 2025 10:00 AM
To: Ann Lee <ann@home.example>
Subject: Lid
"""
GMAIL = """\
<div class="gmail_quote"><div class="gmail_attr">On Mon, Mar 3, 2025 at 10:00 AM Bob &lt;<a href="mailto:b@s.example">b@s.example</a>&gt; \
wrote:<br></div><blockquote class="gmail_quote">{}</blockquote></div>"""


def _said(table: str) -> list[str]:
    return [text for line in table.splitlines() for text in line.partition(" ")[2].split("|")]


def _folded(above: str) -> tuple[str, str]:
    """Return what is folded away of a formatted mail and of a plain one."""
    sanitized = sanitize(
        f'<div class="WordSection1"><p class="MsoNormal">{above}</p>{HEADER}<p>Which size</p><p>30 cm</p></div>'
    )
    plain = divide_plain(f"{above}\n\n{TEXT_HEADER}\nWhich size\n30 cm\n").quoted or ""
    return words_of(divide(sanitized.html).quoted), plain


@pytest.mark.parametrize("text", [*_said(ANSWERED_INSIDE), *_said(PASSED_ON)])
def test_an_old_mail_stays_in_sight_below_words_that_speak_of_it(text: str):
    assert _folded(text) == ("", "")


@pytest.mark.parametrize("text", _said(ORDINARY))
def test_an_old_mail_is_folded_away_below_an_ordinary_reply(text: str):
    assert all(folded.endswith("30 cm") for folded in _folded(text))


@pytest.mark.parametrize("banner", BANNERS)
def test_a_mail_of_which_only_a_servers_warning_is_new_stays_in_sight(banner: str):
    assert _folded(banner) == ("", "")
    assert divide_plain(f"{banner}\n\nHello,\n\n{TEXT_HEADER}\nWhich size\n").quoted is None
    assert divide_plain(f"{banner}\n\n##- Please type your reply above this line -##\n\nOrder 4711").quoted is None


@pytest.mark.parametrize("banner", BANNERS)
def test_an_old_mail_is_folded_away_below_a_reply_and_a_servers_warning(banner: str):
    assert (divide_plain(f"{banner}\n\nYes, please.\n\n{TEXT_HEADER}\nWhich size\n").quoted or "").endswith(
        "Which size"
    )


def test_bold_answers_behind_questions_of_a_marked_quotation_stay_in_sight():
    quoted = "<ol><li>Which colour?<br><b>Red</b></li><li>Which size?<br><b>30 cm</b></li></ol>"
    assert divide(sanitize(f"<div>Hello Bob</div>{GMAIL.format(quoted)}").html).quoted is None


@pytest.mark.parametrize(
    "quoted",
    [
        "<p>Do you have questions?</p><p><b>Call us</b></p><p>Bob</p>",
        "<p><b>How does it open?</b></p><p>Turn it.</p><p><b>How does it close?</b></p><p>Turn it back.</p>",
    ],
)
def test_headings_and_one_bold_line_of_a_marked_quotation_are_no_answers(quoted: str):
    assert divide(sanitize(f"<div>Hello Bob, thanks</div>{GMAIL.format(quoted)}").html).quoted


def test_a_forms_notice_that_looks_like_a_header_stays_in_sight():
    notice = "You received a message.\n\nFrom: Ann Lee <ann@home.example>\nSubject: Lid\nSent: 3 March 2025 10:00\n\nMessage Body:\nOrder 4711 broke\n"
    assert divide_plain(notice).quoted is None


QUESTIONS = "Hi Bob, thanks for the quick reply.\n\nOn Mon, 3 Mar 2025 at 10:00, Bob Vance <bob@shop.example> wrote:\n"


@pytest.mark.parametrize(
    "quoted",
    [
        "> Which colour? -> red\n> Which size? -> 30 cm\n",
        "> Which colour? ** red\n> Which size? ** 30 cm\n",
        "> Which colour do you want?\n> RED PLEASE\n> Which size?\n> ABOUT 30 CM\n",
        "> Which colour?\n> *** red\n> Which size?\n> *** 30 cm\n",
    ],
)
def test_answers_that_stand_out_behind_questions_of_a_plain_quotation_stay_in_sight(quoted: str):
    assert divide_plain(QUESTIONS + quoted).quoted is None


@pytest.mark.parametrize(
    "quoted",
    [
        "> Do you have questions?\n> THE SHOP TEAM\n",
        "> Where is the setting? -> see the menu\n> Bob\n",
        "> Is all well?\n> Bob\n",
    ],
)
def test_a_single_line_that_stands_out_in_a_plain_quotation_is_no_answer(quoted: str):
    assert divide_plain(QUESTIONS + quoted).quoted


def test_bold_answers_in_the_cells_beside_questions_stay_in_sight():
    cells = "".join(f"<tr><td>Which {what}?</td><td><b>4711</b></td></tr>" for what in ("colour", "size"))
    assert (
        divide(sanitize(f"<div>Hello Bob</div>{GMAIL.format(f'<table border=1>{cells}</table>')}").html).quoted is None
    )


SAYING_NOTHING = [
    "<p>Hi</p>",
    "<p>👇</p>",
    "<p>???</p>",
    "<p>\u200b</p>",
    '<p><img src="cid:1" width="200"></p>',
    "<p>Classification: Internal</p>",
    "<p>Sent from my iPhone<br>Kind regards,<br>Ann</p>",
    "<p>[Confidential]</p>",
    "<p>TLP:AMBER</p>",
    "<p>Hi</p><p>Mit freundlichen Grüßen<br>Ann Lee<br>Shop GmbH</p>",
    "<p>i. A. Ann Lee<br>Einkauf<br>Tel. 030 123456</p>",
    "<p>山田太郎<br>株式会社ショップ<br>TEL: 03-1234-5678</p>",
    "<p>王伟<br>商店公司<br>电话：010-12345678</p>",
    "<p>よろしくお願いいたします。</p><p>山田</p>",
    "<p>Ann Lee<br>Tel. 030 123456</p><p>This message is confidential and intended solely for the addressee. If you received it in error, delete it.</p>",
    "<p>Diese Nachricht ist vertraulich und nur für den Adressaten bestimmt. Wenn Sie sie irrtümlich erhalten haben, löschen Sie sie.</p>",
]


@pytest.mark.parametrize("above", SAYING_NOTHING)
def test_a_mail_below_nothing_that_anybody_said_stays_in_sight(above: str):
    assert divide(sanitize(f"<div>{above}{HEADER}<p>Order 4711</p></div>").html).quoted is None


@pytest.mark.parametrize("above", ["Yes", "Danke!", "Internal server error", "5", "はい", "好的", "OK", "山田です"])
def test_an_old_mail_is_folded_away_below_a_short_answer(above: str):
    assert words_of(divide(sanitize(f"<div><p>{above}</p>{HEADER}<p>Order 4711</p></div>").html).quoted).endswith(
        "Order 4711"
    )


@pytest.mark.parametrize(
    "words",
    [
        "Thanks!\nI do not understand your last mail. You wrote:",
        "Thanks for your answer.\nThis cannot be true! Bob wrote:",
        "Danke für die Antwort.\nIch verstehe sie nicht. Sie schrieben:",
        "Merci.\nJe ne comprends pas. Vous avez écrit :",
    ],
)
def test_a_sentence_before_you_wrote_is_never_folded_away(words: str):
    divided = divide_plain(f"{words}\n\n> The lid is sold separately.\n")
    assert words.splitlines()[-1] in divided.own
