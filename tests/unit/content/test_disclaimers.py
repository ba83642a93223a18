"""What a company's server or a virus scanner adds below the history does not keep the history from being folded away."""

import pytest
from tests.helpers.mail_corpus import collapse, words_of

from deskhand.content.quotes import divide, divide_plain
from deskhand.content.sanitize import sanitize

DISCLAIMERS = """\
This e-mail and any attachments are confidential and intended solely for the addressee. If you have received it in error, please delete it.
Diese E-Mail enthält vertrauliche Informationen. Wenn Sie nicht der richtige Adressat sind, vernichten Sie bitte diese Mail.
Ce message est confidentiel. Si vous n'êtes pas le destinataire, merci de le détruire.
Este mensaje es confidencial y va dirigido a su destinatario. Si lo recibe por error, elimínelo.
Questo messaggio è riservato. Se non siete il destinatario vi preghiamo di distruggerlo subito.
Esta mensagem é confidencial. Se a recebeu por engano, por favor apague-a imediatamente.
Dit bericht is vertrouwelijk en alleen bestemd voor de geadresseerde. Bent u dat niet, verwijder het dan.
Wiadomość ta jest poufna i przeznaczona wyłącznie dla adresata. W razie pomyłki prosimy o usunięcie.
Tato zpráva je důvěrná a je určena pouze adresátovi. Pokud jste ji obdrželi omylem, smažte ji.
Ez az üzenet bizalmas, kizárólag a címzettnek szól. Ha tévedésből kapta, kérjük törölje.
Настоящее сообщение является конфиденциальным. Если вы не адресат или получили его по ошибке, удалите его.
本メールは機密情報を含みます。誤って受信された場合は、お手数ですが削除してください。
本邮件为机密信息,仅供收件人使用。如误收请立即删除并通知发件人,谢谢合作,不得转发。
هذه الرسالة سرية ومخصصة للمرسل إليه فقط. إذا وصلتك عن طريق الخطأ فالرجاء حذفها فورًا، المرسل إليه وحده.
ההודעה הזו סודית ומיועדת לנמען בלבד. אם הנמען אינך אתה וקיבלת אותה בטעות, אנא מחק אותה מיד.
Virus-free.www.avast.com
Diese E-Mail wurde von Avast-Antivirussoftware auf Viren geprüft.
"""
_GMAIL = """<div class="gmail_quote"><div class="gmail_attr">On Mon, Mar 3, 2025 at 10:00 AM Bob &lt;b@shop.example&gt; wrote:</div>\
<blockquote class="gmail_quote">Which size?</blockquote></div>"""
_APPLE = """<div><br><blockquote type="cite"><div>On 3 Mar 2025, at 10:00, Bob &lt;b@shop.example&gt; wrote:</div><div>Which size?</div>\
</blockquote></div>"""
OWN = """\
30 cm please
This is confidential: I want my money back
The parcel was intended for my brother, not for me. I opened it in error and it is damaged, sorry.
El destinatario es mi hermano, calle Mayor 5, por favor envíenlo allí mañana por la tarde, gracias.
My computer has a virus, www.shop.example does not open
Der Empfänger ist umgezogen, bitte schicken Sie das Paket an die neue Adresse in der Langen Straße.
Is this message confidential and intended for the recipient, or did you send it in error to us all?
"""


@pytest.mark.parametrize("disclaimer", DISCLAIMERS.splitlines())
@pytest.mark.parametrize("history", [_GMAIL, _APPLE], ids=["gmail", "apple"])
def test_history_above_a_disclaimer_is_folded_away_and_the_disclaimer_set_apart(disclaimer: str, history: str):
    if "Avast" in disclaimer:
        disclaimer = f"{disclaimer}<br>www.avast.com"
    parts = divide(sanitize(f"<div>30 cm</div>{history}<p>{disclaimer}</p>").html)
    assert words_of(parts.own) == "30 cm"
    assert "Which size?" in words_of(parts.quoted)
    assert words_of(parts.signature) == collapse(disclaimer.replace("<br>", " "))


def test_a_plain_disclaimer_is_set_apart_too():
    text = f"30 cm\n\nOn Mon, 3 Mar 2025 at 10:00, Bob <b@shop.example> wrote:\n> Which size?\n\n{DISCLAIMERS.splitlines()[0]}\n"
    assert divide_plain(text).own == "30 cm"


@pytest.mark.parametrize("own", OWN.splitlines())
@pytest.mark.parametrize("below", ["", f"<p>{DISCLAIMERS.splitlines()[0]}</p>"], ids=["alone", "above a disclaimer"])
def test_an_answer_below_the_history_is_no_disclaimer(own: str, below: str):
    parts = divide(sanitize(f"<div>Hi Bob,</div>{_GMAIL}<p>{own}</p>{below}").html)
    assert own in words_of(parts.own)
