"""What a program wrote is told from what a customer wrote, and a customer who mentions a holiday still waits."""

import pytest

from deskhand.content.automatic_replies import is_automatic_subject, is_automatic_text

AUTOMATIC = (
    (
        "Hello,\n\nThank you for your e-mail. I am currently out of the office with limited access to my email."
        " For urgent matters please contact my colleague Jane (jane@shop.test).\n\nKind regards,\nBob\n"
    ),
    "Hi, I am on annual leave from 1 to 5 May. I will reply to your message when I return.\n> On Monday you wrote",
    "This is an automatically generated message. Please do not reply.\nYour mail has reached us.",
    "Your request was received.\nThis is an automated response.",
    "Dit is een automatisch antwoord.\n\nIk ben afwezig tot en met 12 augustus.",
    "Bedankt voor uw e-mail. Ik ben met vakantie tot 3 mei. Bij dringende vragen belt u mijn collega.\n\nMet groet,\nPiet",
    (
        "Vielen Dank für Ihre Nachricht. Ich bin bis zum 12. Mai nicht im Büro. In dringenden Fällen hilft info@x.test.\n"
        "Ihre E-Mail wird nicht weitergeleitet.\n\nMit freundlichen Grüßen\nAnna"
    ),
    "Bonjour,\nJe suis actuellement absent du bureau jusqu'au 12 mai. En cas d'urgence, contactez Marie.\nCordialement",
    "Gracias por su mensaje. Estoy fuera de la oficina hasta el 12 de mayo. Para asuntos urgentes contacte con Ana.",
)

WRITTEN = (
    "",
    "Thanks",
    "I am out of the office until Monday.",  # may answer "when may we call?"
    "I am out of the office until Monday, but where is my refund",
    "I was on holiday and only now saw your mail. The refund has not arrived.",
    "Thank you for your e-mail. I am on holiday until Monday. Please send the parcel to my neighbour.",
    "Thank you for your e-mail. I am out of the office until Monday. Can you call me then?",
    "Your automatic reply was no help. Where is my order?",
    "I got this: this is an automated message from your shop. What does it mean?",
    "Ik ben met vakantie tot 3 mei, graag daarna leveren.",
    "Wir sind im Urlaub. Die Heizung ist kaputt. In dringenden Fällen rufen Sie uns an.",
    "Je suis en vacances, le colis n'est pas arrivé.",
    "Estoy de vacaciones y la factura no llega.",
)


@pytest.mark.parametrize("text", AUTOMATIC)
def test_an_automatic_reply_is_recognised(text):
    assert is_automatic_text(text)


@pytest.mark.parametrize("text", WRITTEN)
def test_what_a_customer_writes_counts_whatever_it_mentions(text):
    assert not is_automatic_text(text)


def test_subjects_of_automatic_replies_name_what_they_answer():
    for subject in ("Automatic reply: Refund", "Out of Office: Refund", "Afwezig: Factuur", "Abwesenheitsnotiz: Rechnung",
                    "Réponse automatique : Facture", "Respuesta automática: Factura"):  # fmt: skip
        assert is_automatic_subject(subject)
    for subject in ("Out of office printer: broken", "Automatic reply does not work", "Afwezig", "Refund", ""):
        assert not is_automatic_subject(subject)
