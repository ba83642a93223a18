"""Answers that customers write between the lines of an unmarked quotation, as Outlook makes it."""

import pytest
from tests.helpers.mail_corpus import collapse, words_of

from deskhand.content.quotes import divide, divide_plain
from deskhand.content.sanitize import sanitize, sanitize_plain

HEADER = (
    "<p><b>From:</b> Bob &lt;bob@shop.example&gt;<br><b>Sent:</b> Monday, March 3, 2025 10:00 AM<br>"
    "<b>To:</b> Ann<br><b>Subject:</b> Lid</p>"
)


def own_words(above: str, below: str) -> str:
    """Return what is in sight of a mail of which a part is quoted by Outlook."""
    return words_of(divide(sanitize(f"<html><body>{above}{HEADER}{below}</body></html>").html).own)


ANNOUNCED = [
    "Answers embedded.",
    "My replies are in the original text.",
    "I answered your questions directly in your e-mail.",
    "Answers after each question",
    "I put my answers behind your questions",
    "I've answered each point",
    "My remarks start with three stars.",
    "I have filled out your list below.",
    "Details below.",
    "As requested below.",
    "Ich habe die Antworten unter Ihre Fragen geschrieben.",
    "Siehe rote Anmerkungen.",
    "S. u.",
    "Angaben unten ergänzt.",
    "Zie mijn antwoorden in je mail",
    "Mes réponses sont dans votre message.",
    "Odpowiedzi w treści.",
    "回答は下記に記載しました。",
    "답변은 아래에 적었습니다.",
    "الإجابات باللون الأحمر.",
    "התשובות בגוף המייל",
    "Відповіді нижче",
    "Відповіді червоним",
    "Válaszaim lent",
    "A válaszaim pirossal",
    "Răspunsurile mele sunt mai jos",
    "Οι απαντήσεις μου παρακάτω",
    "Odgovori su ispod",
]


@pytest.mark.parametrize("sentence", ANNOUNCED)
def test_answers_that_the_customer_speaks_of_stay_in_sight(sentence: str):
    shown = own_words(f"<p>Hello Bob,</p><p>{sentence}</p><p>Ann</p>", "<p>Which colour?</p><p>Red.</p>")
    assert "Red." in shown


@pytest.mark.parametrize(
    "sentence",
    [
        "I read your answer and it works now.",
        "I have no answer to my question.",
        "Please answer soon.",
        "The order below 50 EUR was refused.",
        "Die rote Lampe leuchtet jetzt.",
        "Merci, la lampe rouge clignote.",
    ],
)
def test_a_sentence_that_speaks_of_no_answers_leaves_history_folded(sentence: str):
    shown = own_words(f"<p>Hello Bob,</p><p>{sentence}</p><p>Ann</p>", "<p>Which colour?</p><p>We wait.</p>")
    assert sentence in shown
    assert "We wait." not in shown


@pytest.mark.parametrize(
    "answer",
    [
        '<p style="color:#00B050">Red.</p>',
        '<p><span style="background:yellow">Red.</span></p>',
        "<p><b>[Ann]</b> Red.</p>",
        "<p>AL: Red.</p>",
        "<p>=&gt; Red.</p>",
        "<p><b>Red.</b></p>",
    ],
)
def test_an_answer_that_looks_like_one_stays_in_sight_though_nothing_speaks_of_it(answer: str):
    assert "Red." in own_words("<p>Hello Bob,</p><p>thank you.</p>", f"<p>Hello Ann, which colour?</p>{answer}")


@pytest.mark.parametrize(
    "quoted",
    [
        '<div style="color:#1F497D"><p>Hello Ann,</p><p>which colour?</p><p>We wait.</p></div>',
        (
            '<p>Hello Ann,</p><p>we wait.</p><p>Kind regards</p><p style="color:#1F497D">Bob</p><p>Sales</p>'
            '<p style="color:#00B050">Think before you print.</p>'
        ),
        '<h1 style="color:#00B050">Order confirmed</h1><p>We wait.</p>',
    ],
)
def test_colours_of_a_program_or_a_signature_leave_history_folded(quoted: str):
    shown = own_words("<p>Hello Bob,</p><p>thank you.</p>", quoted)
    assert "wait" not in shown


@pytest.mark.parametrize(
    "above",
    [
        "<p>Kind regards,<br>Ann Lee</p>",
        "<p>Mit freundlichen Grüßen</p><p>Ann Lee<br>Lee Bakery<br>Tel. 123</p>",
        "<p>Hello Bob,</p><p>Kind regards,<br>Ann Lee</p>",
        "<p>Cordialement,</p><p>Ann Lee</p>",
        "<p>Ann Lee<br>Sales Manager<br>Lee Bakery<br>Tel. +49 30 1234</p>",
        "<p>Hello Bob,</p><p>Dr. Ann Lee<br>www.home.example</p>",
    ],
)
def test_what_is_passed_on_below_nothing_but_regards_stays_in_sight(above: str):
    assert "My lid is broken." in own_words(above, "<p>My lid is broken.</p>")


@pytest.mark.parametrize("words", ["Thanks,", "Yes", "yes please", "Many Thanks", "It works now.", "Please call me"])
def test_a_few_words_above_a_signature_are_an_answer(words: str):
    shown = own_words(f"<p>{words}</p><p>Ann Lee<br>Tel. 123</p>", "<p>We have sent a lid.</p>")
    assert shown == f"{words} Ann Lee Tel. 123"


@pytest.mark.parametrize("look", ["<b>{}</b>", '<span style="color:#0070C0">{}</span>', "<i>{}</i>"])
def test_an_answer_behind_its_question_on_the_same_line_stays_in_sight(look: str):
    below = f"<p>Hello Ann,</p><p>Which colour? {look.format('Red.')}</p><p>Bob</p>"
    assert "Red." in own_words("<p>Hello Bob,</p><p>thank you.</p>", below)


@pytest.mark.parametrize("mark", ["| ", "    "])
def test_an_answer_below_a_quotation_with_other_marks_stays_in_sight(mark: str):
    at = "On Mon, Mar 3, 2025 at 10:00 AM Bob Vance <bob@shop.example> wrote:"
    text = f"Hello Bob,\n\nthank you.\n\n{at}\n\n{mark}Which colour?\n{mark}Which size?\n\nRed and large.\n"
    assert "Red and large." in divide_plain(text).own
    assert "Red and large." in words_of(divide(sanitize_plain(text).html).own)


@pytest.mark.parametrize(
    "sentence",
    [
        "On Friday 3 March 2025 at 10:00 is fine.",
        "Am 5.3.2025 um 11:00 passt es",
        "Bob <bob@home.example> called me on 4 March 2025 at 10:00",
        "2025-03-04 10:00 was the crash.",
        "A0",
    ],
)
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
@pytest.mark.parametrize("wrap", [" ", "\n"])
def test_a_sentence_with_a_date_above_an_attribution_is_no_part_of_it(sentence: str, gap: str, wrap: str):
    at = f"On Mon, Mar 3, 2025 at 10:00 AM Bob Vance{wrap}<bob@shop.example> wrote:"
    parts = divide_plain(f"Hello Bob,\n\n{sentence}{gap}{at}\n> When?\n")
    assert collapse(parts.own) == f"Hello Bob, {sentence}"
    assert collapse(parts.quoted or "").startswith("On Mon, Mar 3")


def test_words_below_a_signature_that_a_program_marked_stay_in_sight():
    signature = '<pre class="moz-signature">-- \nAnn Lee</pre>'
    parts = divide(sanitize(f"<p>Thanks.</p>{signature}<p>PS: the lid is red.</p>").html)
    assert "PS: the lid is red." in words_of(parts.own)


@pytest.mark.parametrize("mark", ["＞ ", " > ", ": "])
def test_answers_between_lines_with_other_marks_stay_in_sight_in_every_form(mark: str):
    at = "On Mon, Mar 3, 2025 at 10:00 AM Bob Vance <bob@shop.example> wrote:"
    text = f"Hi\n\n{at}\n\n{mark}Which colour?\n\nRed.\n\n{mark}Which size?\n\nLarge.\n"
    for own in (divide_plain(text).own, words_of(divide(sanitize_plain(text).html).own)):
        assert "Red." in own
        assert "Large." in own


@pytest.mark.parametrize("shell", [">>> import lid\n>>> lid.open()\n", "> show version\n> show lids\n"])
def test_what_was_typed_at_a_prompt_stays_in_sight_below_closing_words(shell: str):
    assert divide_plain(f"It fails.\n\nKind regards\nAnn\n\n{shell}").quoted is None


def test_a_message_of_a_form_stays_in_sight():
    header = "Von: Ann <ann@home.example>\nGesendet: 3. März 2025 10:00\nAn: shop@shop.example\nBetreff: Deckel"
    assert divide_plain(f"Neue Anfrage\n\n{header}\n\nMein Deckel ist kaputt.\n").quoted is None


def test_a_warning_that_a_server_put_above_the_quoted_mail_leaves_it_folded():
    warning = '<p style="color:red">CAUTION: this mail comes from outside.</p>'
    shown = own_words("<p>Hello Bob,</p><p>thank you.</p>", f"{warning}<p>Hello Ann,</p><p>we wait.</p>")
    assert shown == "Hello Bob, thank you."


@pytest.mark.parametrize(
    "words",
    [
        "Is this mail genuine?",
        "I got this today.",
        "Did you send this?",
        "I send my mail again.",
        "See my request from last week.",
        "Ist das von Ihnen?",
        "Zur Kenntnisnahme",
        "Is dit van jullie?",
        "J’ai reçu ceci.",
        "He recibido esto",
        "Ho ricevuto questa mail",
    ],
)
def test_a_mail_that_the_customer_shows_stays_in_sight(words: str):
    assert "Pay at once." in own_words(f"<p>{words}</p><p>Ann</p>", "<p>Pay at once.</p>")


@pytest.mark.parametrize(
    "words", ["I got the parcel, thanks.", "Ich habe die Mail bekommen, danke.", "Please send me the invoice again."]
)
def test_words_about_something_else_leave_history_folded(words: str):
    assert own_words(f"<p>{words}</p><p>Ann</p>", "<p>We wait.</p>") == f"{words} Ann"


def test_an_answer_in_a_colour_inside_a_marked_quotation_stays_in_sight():
    quoted = '<p>Which colour?</p><p style="color:green">Red.</p><p>Which size?</p>'
    at = "<p>On Mon, Mar 3, 2025 at 10:00 AM Bob Vance &lt;bob@shop.example&gt; wrote:</p>"
    body = f'<p>Thank you.</p>{at}<blockquote type="cite">{quoted}</blockquote>'
    assert "Red." in words_of(divide(sanitize(body).html).own)
