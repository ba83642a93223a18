import time

import pytest

from deskhand.content.plain import to_text
from deskhand.content.quotes import Divided, DividedText, divide, divide_plain
from deskhand.content.safehtml import SafeHtml
from deskhand.content.sanitize import sanitize, sanitize_plain

HISTORIES = {
    "gmail": '<div class="gmail_quote"><div dir="ltr" class="gmail_attr">On Mon, 3 Mar 2025 at 10:00, Bob &lt;b@x.example&gt; wrote:<br></div><blockquote class="gmail_quote">old words</blockquote></div>',
    "outlook": '<div id="divRplyFwdMsg"><hr><b>From:</b> Bob<br><b>Sent:</b> Monday, March 3, 2025 10:00 AM<br><b>To:</b> me<br><b>Subject:</b> Re: x</div><div>old words</div>',
    "outlook without marks": "<p><b>From:</b> Bob &lt;b@x.example&gt;<br><b>Sent:</b> Monday, March 3, 2025 10:00 AM<br><b>To:</b> me<br><b>Subject:</b> x</p><p>old words</p>",
    "outlook german": "<p><b>Von:</b> Bob<br><b>Gesendet:</b> Montag, 3. März 2025 10:00<br><b>An:</b> mich<br><b>Betreff:</b> x</p><p>old words</p>",
    "outlook dutch": "<p><b>Van:</b> Bob<br><b>Verzonden:</b> maandag 3 maart 2025 10:00<br><b>Aan:</b> mij<br><b>Onderwerp:</b> x</p><p>old words</p>",
    "outlook french": "<p><b>De :</b> Bob<br><b>Envoyé :</b> lundi 3 mars 2025 10:00<br><b>À :</b> moi<br><b>Objet :</b> x</p><p>old words</p>",
    "apple": '<blockquote type="cite"><div>On 3 Mar 2025, at 10:00, Bob wrote:</div><div>old words</div></blockquote>',
    "thunderbird": '<div class="moz-cite-prefix">Am 03.03.25 um 10:00 schrieb Bob:<br></div><blockquote type="cite">old words</blockquote>',
    "attribution only": "<p>Op ma 3 mrt 2025 om 10:00 schreef Bob &lt;b@x.example&gt;:</p><blockquote>old words</blockquote>",
    "french": "<p>Le lun. 3 mars 2025 à 10:00, Bob a écrit :</p><blockquote>old words</blockquote>",
    "separator": "<p>-----Original Message-----<br>old words</p>",
}


@pytest.mark.parametrize("history", HISTORIES.values(), ids=HISTORIES)
@pytest.mark.parametrize("reply", ["<p>New <b>answer</b>.</p>", "<div>New <b>answer</b>.<br><br></div>"])
def test_the_history_is_split_off_and_both_halves_are_well_formed(reply, history):
    whole = sanitize(f"<div>{reply}{history}</div>").html
    divided = divide(whole)
    head, quote = divided.own, divided.quoted
    assert quote is not None
    assert to_text(head) == "New answer."
    assert "old words" in to_text(quote)
    assert sanitize(head).html == head
    assert sanitize(quote).html == quote


@pytest.mark.parametrize(
    "text",
    [
        "New answer.\n\nOn Mon, 3 Mar 2025 at 10:00, Bob <b@x.example> wrote:\n> old words\n> more",
        "New answer.\n\nOn Mon, 3 Mar 2025 at 10:00, Bob Longname of Somewhere\n<b@x.example> wrote:\n\n> old words",
        "New answer.\n\nAm 03.03.25 um 10:00 schrieb Bob:\n> old words",
        "New answer.\n\nOp 3 maart 2025 om 10:00 schreef Bob <b@x.example> het volgende:\n\n> old words",
        "New answer.\n\nLe 3 mars 2025 à 10:00, Bob a écrit :\n> old words",
        "New answer.\n\n> old words\n>\n> > older\n-- \nBob",
        "New answer.\n\n-----Original Message-----\nFrom: Bob\nold words",
        "New answer.\n\nFrom: Bob\nSent: Monday, March 3, 2025 10:00 AM\nTo: me\nSubject: x\n\nold words",
    ],
)
def test_plain_text_is_split_at_its_history(text):
    divided = divide_plain(text)
    assert divided.own == "New answer."
    assert divided.quoted is not None
    assert "old words" in divided.quoted


@pytest.mark.parametrize(
    "text",
    [
        "Just an answer.",
        "> question one\nanswer one\n> question two\nanswer two",
        "> what they asked\n\nMy answer below.",
        "Hello\n\n> quoted for discussion\n\nWhat do you think?",
        "On Monday I wrote: please wait",
        "From: Berlin\nwe travelled on.",
        "> only a quotation",
        "",
    ],
)
def test_answers_below_or_between_quotations_stay_whole(text):
    assert divide_plain(text) == DividedText(text)


def test_an_answer_below_a_quoted_paragraph_stays_whole_in_html_too():
    whole = sanitize("<p>Hi</p><blockquote>you said</blockquote><p>and I answer</p>").html
    assert divide(whole) == Divided(whole)


def test_a_forwarded_message_with_nothing_above_stays_visible():
    whole = sanitize(HISTORIES["gmail"]).html
    assert divide(whole) == Divided(whole)


@pytest.mark.parametrize(
    "signature", ["-- \nBob\nSales", "Sent from my iPhone", "Von meinem iPhone gesendet", "Verstuurd vanaf mijn iPhone"]
)
def test_a_signature_at_the_end_is_found(signature):
    assert divide_plain(f"The text.\n\n{signature}") == DividedText("The text.", None, signature)
    html = sanitize("<p>The text.</p><p>" + signature.replace("\n", "<br>") + "</p>").html
    divided = divide(html)
    head, tail = divided.own, divided.signature
    assert to_text(head) == "The text."
    assert tail is not None
    assert to_text(tail).split("\n")[0] == signature.split("\n")[0].strip()


def test_a_line_of_dashes_far_above_the_end_is_no_signature():
    text = "a\n--\n" + "b\n" * 20
    assert divide_plain(text) == DividedText(text)


def test_thousands_of_small_quotations_are_looked_through_quickly():
    html = sanitize("<blockquote>x</blockquote>y" * 3_000).html
    started = time.process_time()
    assert divide(html) == Divided(html)
    took = time.process_time() - started
    print(f"{len(html):,} characters in {took * 1000:.0f} ms")
    assert took < 3


WROTE = "On Mon, 3 Mar 2025 at 10:00, Bob <b@x.example> wrote:\n"


@pytest.mark.parametrize(
    "piece",
    [
        "a\n",
        "--\n",
        "-",
        "> ",
        "> a\nb\n",
        WROTE,
        WROTE + "> a\n",
        WROTE + "> a\nb\n",
        "From: a@x.example\n",
        "On 3 a:\n",
    ],
)
def test_half_a_megabyte_of_what_looks_like_history_is_looked_through_in_linear_time(piece):
    """In processor time: quadratic work on as many lines takes minutes."""
    text = piece * (512 * 1024 // len(piece))
    started = time.process_time()
    divide_plain(text)
    divide(sanitize_plain(text).html)
    took = time.process_time() - started
    print(f"{took * 1000:.0f} ms")
    assert took < 20


@pytest.mark.parametrize(
    "answer", ['<p><span class="red">Red.</span></p>', '<p>Colour? <span class="red">Red.</span></p>']
)
def test_red_letters_in_what_looks_like_history_keep_it_in_sight(answer):
    header = "<p><b>From:</b> b@x.example<br><b>Sent:</b> 3 March 2025 10:00<br><b>To:</b> a@x.example<br><b>Subject:</b> x</p>"
    answered = SafeHtml(f"<p>Dear Bob</p><p>Thanks.</p>{header}<p>Which colour?</p>{answer}<p>Bob</p>")
    assert divide(answered) == Divided(answered)
    plain = SafeHtml(answered.replace(' class="red"', ""))
    assert to_text(divide(plain).own) == "Dear Bob\n\nThanks."


def test_who_writes_all_in_red_does_not_answer_between_the_lines():
    old = '<p>On 3 Mar 2025, at 10:00, Bob &lt;b@x.example&gt; wrote:</p><blockquote><p><span class="red">q</span></p></blockquote>'
    parts = divide(SafeHtml(f'<p><span class="red">Yes.</span></p>{old}'))
    assert to_text(parts.own) == "Yes."
    assert parts.quoted is not None


HEADER = (
    "<div style='border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0in 0in 0in'><p><b>From:</b> Bob &lt;b@x.example&gt;<br>"
    "<b>Sent:</b> Monday, March 3, 2025 10:00 AM<br><b>To:</b> Ann<br><b>Subject:</b> x</p></div><p>Which colour?</p>"
)
BAR = "<div style='border:none;border-left:solid blue 1.5pt;padding:0in 0in 0in 4.0pt'>"


def test_an_answer_behind_the_line_that_outlook_draws_beside_what_it_quotes_stays_whole():
    answered = sanitize(f"<p>Hello Bob</p><p>One answer:</p>{BAR}{HEADER}</div><p>Red.</p>").html
    assert divide(answered) == Divided(answered)
    parts = divide(sanitize(f"<p>Hello Bob</p><p>Red.</p>{BAR}{HEADER}</div>").html)
    assert to_text(parts.own) == "Hello Bob\n\nRed."
    assert "Which colour?" in to_text(parts.quoted or "")


def test_a_paragraph_of_ones_own_with_a_line_at_its_side_stays_in_sight():
    framed = sanitize(f"<p>Hello</p><p>This is what I read:</p>{BAR}<p>Out of stock</p></div>").html
    assert divide(framed) == Divided(framed)


@pytest.mark.parametrize(
    "lead",
    [
        "See my answers highlighted",
        "My comments are in yellow",
        "Answers in CAPS",
        "Meine Antworten sind gelb markiert",
        "Antworten in fett",
        "Antworten in Großbuchstaben",
        "Mijn antwoorden in het geel",
        "Antwoorden vetgedrukt",
        "Mes réponses sont surlignées",
        "Réponses en gras",
        "Respuestas en negrita",
        "Mis comentarios en amarillo",
        "Risposte in grassetto",
        "Respostas a amarelo",
        "Mina svar i gult",
        "Moje odpowiedzi na żółto",
        "Ответы выделены",
        "我的回复已标黄",
    ],
)
def test_words_that_say_how_the_answers_look_keep_them_in_sight(lead):
    answered = sanitize(f"<p>Hello Bob</p><p>{lead}</p>{HEADER}<p>Red.</p>").html
    assert divide(answered) == Divided(answered)


def test_a_greek_header_begins_history_in_any_case_of_its_letters():
    for label in ("Προς", "ΠΡΟΣ"):
        header = f"Από: Bob <b@x.example>\nΣτάλθηκε: Δευτέρα, 3 Μαρτίου 2025 10:00\n{label}: Ann\nΘέμα: x"
        parts = divide_plain(f"Ευχαριστώ, το έλαβα.\n\n{header}\n\nΤο λάβατε;\n")
        assert parts.own == "Ευχαριστώ, το έλαβα."
        assert "λάβατε" in (parts.quoted or "")
