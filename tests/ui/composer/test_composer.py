"""The reply box, as an agent meets it: typing, switching, formatting, files, and what is asked before anything leaves."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QGuiApplication, QImage, QInputMethodEvent, QTextListFormat
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QLabel, QLineEdit, QPushButton, QToolButton
from tests.helpers.child_widgets import child
from tests.helpers.ticket_views import STATES

from deskhand.domain.accounts import AccountColour, AccountMark
from deskhand.domain.capabilities import BodyFormat
from deskhand.domain.ids import BlobId
from deskhand.domain.threads import CC_TYPED, Draft, OutgoingFile
from deskhand.services.settings import Snippet
from deskhand.ui.composer.attachment_bar import FileChip
from deskhand.ui.composer.composer import NOTE, REPLY, Composer, ComposerState, NoteKind
from deskhand.ui.composer.insert_link_dialog import InsertLinkDialog
from deskhand.ui.composer.message_edit import MessageEdit
from deskhand.ui.kit.elided_label import ElidedLabel
from deskhand.ui.kit.removable_chips import RemovableChip
from deskhand.ui.palette.choice_popup import ChoicePopup

STATE = ComposerState(
    "Klantenservice",
    "Mijn Klantportaal",
    AccountMark(AccountColour.RUST, "receipt-text"),
    can_cc=True,
    can_attach=True,
    format=BodyFormat.HTML,
    states=STATES,
    closing=STATES[2],
    to="Casey Customer <casey@example.com>",
)
INVOICE = OutgoingFile(BlobId("b1"), "invoice.pdf", 1200, "application/pdf", "x")
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def box(qtbot) -> Composer:
    made = Composer()
    qtbot.addWidget(made)
    made.set_state(STATE)
    made.resize(560, 320)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    made.focus_text()
    return made


def text_of(box: Composer, name: str) -> MessageEdit:
    return next(edit for edit in box.findChildren(MessageEdit) if edit.accessibleName() == name)


def button(box: Composer, name: str) -> QPushButton | QToolButton:
    kinds: tuple[QPushButton | QToolButton, ...] = (*box.findChildren(QPushButton), *box.findChildren(QToolButton))
    return next(b for b in kinds if b.accessibleName() == name and b.isVisible())


def shown_text(box: Composer) -> str:
    return " ".join(label.text() for label in box.findChildren(QLabel) if label.isVisible())


def type_into(box: Composer, text: str) -> None:
    QTest.keyClicks(box.focusWidget(), text)


def test_reply_and_note_are_two_texts_that_switching_keeps(box: Composer) -> None:
    type_into(box, "Dear Casey")
    QTest.keyClick(text_of(box, "Reply"), Qt.Key.Key_M, CTRL | SHIFT)
    assert box.kind == NOTE
    type_into(box, "she is angry")
    box.switch()
    assert text_of(box, "Reply").toPlainText() == "Dear Casey"
    assert text_of(box, "Note").toPlainText() == "she is angry"
    assert box.draft(REPLY).text == "Dear Casey"
    assert box.draft(NOTE).text == "she is angry"


def test_it_says_who_answers_to_whom_and_that_the_draft_is_kept(box: Composer) -> None:
    box.set_saved([REPLY])
    words = shown_text(box)
    assert "replying as Klantenservice · draft saved" in words
    assert "Casey Customer <casey@example.com>" in words
    assert words.count("Klantenservice") == 2  # above the text, and beside Send


def test_an_empty_reply_beside_a_kept_note_is_not_called_a_saved_draft(box: Composer) -> None:
    box.set_saved([NOTE])
    assert "draft saved" not in shown_text(box)
    box.choose(NOTE)
    assert "draft saved" in shown_text(box)


def test_a_note_on_this_computer_says_where_it_does_not_go(box: Composer) -> None:
    box.choose(NOTE)
    assert "not sent to Mijn Klantportaal" in shown_text(box)
    assert button(box, "Keep note").isEnabled() is False
    assert not button(box, "Attach files").isEnabled()
    type_into(box, "call back")
    assert button(box, "Keep note").isEnabled()


def test_a_note_at_the_vendor_has_another_button(box: Composer) -> None:
    box.set_state(ComposerState("Support", "Thena", note_kind=NoteKind.REMOTE))
    box.choose(NOTE)
    assert button(box, "Add note")
    assert "note for colleagues in Support" in shown_text(box)


@pytest.mark.parametrize(
    "draft",
    [
        Draft(REPLY, "Grüße\n\n👍👍 mot\u00a0: x  y", cursor=9),
        Draft(REPLY, "Hi Casey,\nthis is it", "<p>Hi <b>Casey</b>,<br>this <i>is</i> it</p>", cursor=12),
        Draft(REPLY, "a\n\n\nb", "<p>a</p><p><br><b>b</b></p>"),
        Draft(REPLY, "see\n- one\n- two\nend", "<p>see</p><ul><li>one</li><li>two</li></ul><p>end</p>", cursor=5),
        Draft(REPLY, "1. a\n2. b", '<ol><li>a</li><li><a href="https://example.com/x">b</a></li></ol>'),
        Draft(REPLY, "\n- x\n\ny", "<p></p><ul><li>x</li></ul><p><br>y</p>"),
        Draft(REPLY, "  two  spaces", "<p>\xa0\xa0two \xa0<b>spaces</b></p>".replace("\xa0", "&nbsp;")),
        Draft(REPLY, "x", cc=("a@example.com",), files=(INVOICE,), cursor=1, seen="m7", extra={"k": "v"}),
    ],
)
def test_a_draft_that_comes_back_is_exactly_the_draft(box: Composer, draft: Draft) -> None:
    box.set_draft(REPLY, draft)
    assert box.draft(REPLY) == draft


def test_a_draft_shown_again_keeps_the_caret_and_the_undo_steps(box: Composer) -> None:
    type_into(box, "one two")
    kept = box.draft(REPLY)
    box.set_draft(REPLY, kept)
    assert text_of(box, "Reply").textCursor().position() == 7
    assert text_of(box, "Reply").document().isUndoAvailable()


def test_undo_brings_back_no_text_of_another_ticket(box: Composer) -> None:
    type_into(box, "for the first customer")
    box.set_draft(REPLY, Draft(REPLY, ""))
    QTest.keyClick(text_of(box, "Reply"), Qt.Key.Key_Z, CTRL)
    assert box.draft(REPLY).text == ""


def test_a_narrow_box_shows_everything(qtbot, box: Composer) -> None:
    box.set_draft(REPLY, Draft(REPLY, "x", files=(INVOICE,), cc=("a@example.com",)))
    box.resize(box.minimumSizeHint())
    assert box.width() <= 330
    qtbot.waitUntil(lambda: box.height() >= box.minimumSizeHint().height() or box.resize(box.minimumSizeHint()))
    for name in ("Send", "Attach files", "Canned reply", "Remove invoice.pdf"):
        part = button(box, name)
        place = part.rect().translated(part.mapTo(box, part.rect().topLeft()))
        assert box.rect().contains(place), name


def test_an_update_of_the_account_touches_no_text(box: Composer) -> None:
    type_into(box, "half a sent")
    box.set_state(replace(STATE, notice="This ticket is closed; a reply opens it again."))
    type_into(box, "ence")
    assert box.draft(REPLY).text == "half a sentence"
    assert "This ticket is closed; a reply opens it again." in shown_text(box)


def test_bold_and_lists_become_html_and_readable_text(box: Composer) -> None:
    type_into(box, "Dear ")
    QTest.keyClick(box.focusWidget(), Qt.Key.Key_B, CTRL)
    type_into(box, "Casey")
    QTest.keyClick(box.focusWidget(), Qt.Key.Key_B, CTRL)
    QTest.keyClick(box.focusWidget(), Qt.Key.Key_Return)
    text_of(box, "Reply").toggle_list(QTextListFormat.Style.ListDisc)
    type_into(box, "one <x>")
    QTest.keyClick(box.focusWidget(), Qt.Key.Key_Return)
    QTest.keyClick(box.focusWidget(), Qt.Key.Key_Return)  # an empty item ends the list
    type_into(box, "bye")
    draft = box.draft(REPLY)
    assert draft.html == "<p>Dear <b>Casey</b></p><ul><li>one &lt;x&gt;</li></ul><p>bye</p>"
    assert draft.text == "Dear Casey\n- one <x>\nbye"


def test_text_without_formatting_has_no_html(box: Composer) -> None:
    type_into(box, "plain <b>words</b>")
    assert box.draft(REPLY).html == ""


def test_a_vendor_of_plain_text_gets_no_formatting_and_the_tools_say_so(box: Composer) -> None:
    box.set_state(replace(STATE, format=BodyFormat.PLAIN))
    bold = button(box, "Bold")
    assert not bold.isEnabled()
    assert "plain text only" in bold.toolTip()
    QTest.keyClick(text_of(box, "Reply"), Qt.Key.Key_B, CTRL)
    type_into(box, "x")
    assert box.draft(REPLY).html == ""


def test_a_link_is_made_of_an_address_that_may_be_opened(box: Composer) -> None:
    type_into(box, "see ")
    button(box, "Link").click()
    dialog = child(box, InsertLinkDialog)
    address, words = (dialog.findChildren(type(dialog._address)))[:2]
    address.setText("javascript:alert(1)")
    dialog.findChildren(QPushButton)[-1].click()
    dialog._submit()
    assert dialog.isVisible()
    address.setText("example.com/help")
    words.setText("our help")
    dialog._submit()
    assert box.draft(REPLY).html == '<p>see <a href="https://example.com/help">our help</a></p>'


def test_what_is_pasted_arrives_as_characters(box: Composer) -> None:
    data = QMimeData()
    data.setHtml('<b>big</b><img src="file:///etc/passwd">')
    data.setText("big")
    text_of(box, "Reply").insertFromMimeData(data)
    assert box.draft(REPLY).text == "big"
    assert box.draft(REPLY).html == ""


def test_ctrl_enter_sends_and_a_plain_enter_does_not(qtbot, box: Composer) -> None:
    type_into(box, "done")
    with qtbot.assertNotEmitted(box.send_requested):
        QTest.keyClick(text_of(box, "Reply"), Qt.Key.Key_Return)
    with qtbot.waitSignal(box.send_requested) as sent:
        QTest.keyClick(text_of(box, "Reply"), Qt.Key.Key_Return, CTRL)
    assert sent.args == [REPLY, None, None]
    assert box.draft(REPLY).text == "done\n"


def test_ctrl_shift_enter_sends_and_closes(qtbot, box: Composer) -> None:
    type_into(box, "done")
    with qtbot.waitSignal(box.send_requested) as sent:
        QTest.keyClick(text_of(box, "Reply"), Qt.Key.Key_Return, CTRL | SHIFT)
    assert sent.args == [REPLY, STATES[2], None]


def test_send_and_close_sends_nothing_where_closing_is_impossible(qtbot, box: Composer) -> None:
    box.set_state(replace(STATE, closing=None))
    type_into(box, "done")
    with qtbot.assertNotEmitted(box.send_requested):
        box.send_and_close()
    assert "Nothing was sent." in shown_text(box)


def test_the_menu_beside_send_sets_a_state_too(qtbot, box: Composer) -> None:
    type_into(box, "done")
    send = box.page.send
    assert send.choices() == ("Send and set Open", "Send and set Waiting on customer", "Send and set Closed")
    with qtbot.waitSignal(box.send_requested) as sent:
        send._menu.actions()[1].trigger()
    assert sent.args == [REPLY, STATES[1], None]
    assert button(box, "Send and set state").isEnabled()


def test_nothing_is_sent_while_there_is_nothing_to_send(qtbot, box: Composer) -> None:
    assert not button(box, "Send").isEnabled()
    with qtbot.assertNotEmitted(box.send_requested):
        QTest.keyClick(text_of(box, "Reply"), Qt.Key.Key_Return, CTRL)
    box.add_file(REPLY, INVOICE)
    assert button(box, "Send").isEnabled()


def test_what_is_still_to_fill_in_stops_the_send_with_one_question(qtbot, box: Composer) -> None:
    box.set_draft(REPLY, Draft(REPLY, "Hi {{first_name}}, order {number}"))
    with qtbot.assertNotEmitted(box.send_requested), qtbot.waitSignal(box.unfilled) as asked:
        box.page.try_send(STATES[0])
    assert asked.args == [REPLY, ("{{first_name}}", "{number}")]
    assert text_of(box, "Reply").textCursor().selectedText() == "{{first_name}}"
    anyway = next(b for b in box.findChildren(QPushButton) if b.text() == "Send anyway" and b.isVisible())
    with qtbot.waitSignal(box.send_requested) as sent:
        anyway.click()
    assert sent.args == [REPLY, STATES[0], None]


def test_filling_in_takes_the_question_away(box: Composer) -> None:
    box.set_draft(REPLY, Draft(REPLY, "Hi {{first_name}}"))
    box.page.try_send(None)
    assert "Still to fill in" in shown_text(box)
    type_into(box, "Casey")
    assert box.draft(REPLY).text == "Hi Casey"
    assert "Still to fill in" not in shown_text(box)


def test_a_slash_at_the_start_opens_the_canned_replies(qtbot, box: Composer) -> None:
    box.set_snippets(
        [Snippet("s1", "Refund sent", "Your refund left us."), Snippet("s2", "Thanks", "Thank you, {name}.")]
    )
    type_into(box, "/")
    popup = box._popup
    assert popup.isVisible()
    QTest.keyClicks(popup._line, "thank")
    assert popup.shown() == ("Thanks",)
    with qtbot.waitSignal(box.snippet_requested) as wanted:
        QTest.keyClick(popup._line, Qt.Key.Key_Return)
    snippet, kind = wanted.args
    box.insert_text(kind, snippet.text)
    assert box.draft(REPLY).text == "Thank you, {name}."
    assert text_of(box, "Reply").textCursor().selectedText() == "{name}"


def test_a_slash_later_in_the_text_is_a_slash(box: Composer) -> None:
    type_into(box, "and/or")
    assert not box._popup.isVisible()
    assert box.draft(REPLY).text == "and/or"


def test_files_are_chips_that_can_be_taken_out(qtbot, box: Composer) -> None:
    with qtbot.waitSignal(box.draft_changed):
        box.add_file(REPLY, INVOICE)
    assert "invoice.pdf" in shown_text(box)
    with qtbot.waitSignal(box.draft_changed) as changed:
        button(box, "Remove invoice.pdf").click()
    assert changed.args == [REPLY]
    assert box.draft(REPLY).files == ()


def test_dropped_files_and_pasted_pictures_are_handed_on(qtbot, box: Composer, tmp_path) -> None:
    file = tmp_path / "log.txt"
    file.write_text("x")
    dropped = QMimeData()
    dropped.setUrls([QUrl.fromLocalFile(str(file))])
    with qtbot.waitSignal(box.attach_files) as got:
        text_of(box, "Reply").insertFromMimeData(dropped)
    assert got.args == [[str(file)], REPLY]
    picture = QImage(3, 3, QImage.Format.Format_RGB32)
    picture.fill(0)
    pasted = QMimeData()
    pasted.setImageData(picture)
    with qtbot.waitSignal(box.attach_data) as got:
        text_of(box, "Reply").insertFromMimeData(pasted)
    name, mime, data, kind = got.args
    assert (name, mime, kind) == ("Pasted picture.png", "image/png", REPLY)
    assert data.startswith(b"\x89PNG")
    assert box.draft(REPLY).text == ""


def test_a_file_where_none_is_taken_is_refused_with_the_reason(qtbot, box: Composer) -> None:
    box.set_state(replace(STATE, can_attach=False, attach_reason="Thena documents no way to do this through its API."))
    dropped = QMimeData()
    dropped.setUrls([QUrl.fromLocalFile("/data/log.txt")])
    with qtbot.assertNotEmitted(box.attach_files):
        text_of(box, "Reply").insertFromMimeData(dropped)
    assert "Thena documents no way" in shown_text(box)
    assert "Thena documents no way" in button(box, "Attach files").toolTip()


def test_attach_asks_for_files(qtbot, box: Composer) -> None:
    button(box, "Attach files").click()
    dialog = child(box, QFileDialog)
    assert dialog.isVisible()
    with qtbot.waitSignal(box.attach_files) as got:
        dialog.filesSelected.emit(["/data/a.txt"])
    assert got.args == [["/data/a.txt"], REPLY]
    dialog.close()


def test_copies_are_typed_checked_and_marked_when_new(qtbot, box: Composer) -> None:
    box.set_state(replace(STATE, cc_before=("lead@example.com",)))
    box.set_draft(REPLY, Draft(REPLY, "x", cc=("lead@example.com",)))
    line = box.page.cc._line
    with qtbot.waitSignal(box.draft_changed):
        QTest.keyClicks(line, "boss@example.com,")
    assert box.draft(REPLY).cc == ("lead@example.com", "boss@example.com")
    assert [chip.accessibleDescription() for chip in box.page.cc._chips.chips] == ["", "not in the last message"]
    QTest.keyClicks(line, "nobody")
    with qtbot.assertNotEmitted(box.send_requested):
        box.page.try_send(None)
    assert "“nobody” is no e-mail address: it has no @." in shown_text(box)
    line.clear()
    QTest.keyClick(line, Qt.Key.Key_Backspace)
    assert box.draft(REPLY).cc == ("lead@example.com",)


def test_a_chat_takes_no_reply_and_the_box_says_so_calmly(box: Composer) -> None:
    reason = "This ticket came from a live chat, and Mijn Klantportaal takes no messages."
    box.set_state(ComposerState("K", "Mijn Klantportaal", can_reply=False, reply_reason=reason))
    assert box.kind == NOTE
    assert reason in shown_text(box)
    assert not box._tabs.isTabEnabled(0)
    assert "live chat" in box._tabs.tabToolTip(0)
    box.switch()
    assert box.kind == NOTE


def test_the_ticket_after_a_chat_begins_with_the_reply_again(box: Composer) -> None:
    box.set_state(ComposerState("K", "Mijn Klantportaal", can_reply=False, reply_reason="A chat."))
    assert box.kind == NOTE
    box.set_state(STATE)
    assert box.kind == REPLY
    box.choose(NOTE)
    box.set_state(replace(STATE, to="Somebody else"))
    assert box.kind == NOTE


def test_a_reply_typed_before_it_became_impossible_can_still_be_read(box: Composer) -> None:
    type_into(box, "kept words")
    box.set_state(ComposerState("K", "Mijn Klantportaal", can_reply=False, reply_reason="Closed for good."))
    assert box.kind == REPLY
    assert box.draft(REPLY).text == "kept words"
    assert text_of(box, "Reply").isReadOnly()
    assert not button(box, "Send").isEnabled()


def test_tab_goes_through_copies_text_and_tools_as_they_stand(qtbot, box: Composer) -> None:
    box.set_state(replace(STATE, can_cc=True))
    box.window().activateWindow()
    copies, text = next(one for one in box.findChildren(QLineEdit, "Cc") if one.isVisible()), text_of(box, "Reply")
    copies.setFocus()
    qtbot.waitUntil(copies.hasFocus)
    QTest.keyClick(copies, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is text
    QTest.keyClick(text, Qt.Key.Key_Tab)
    assert not copies.hasFocus()
    assert not text.hasFocus()


def test_too_long_a_message_is_counted_and_held_back(box: Composer) -> None:
    box.set_state(replace(STATE, max_chars=10))
    type_into(box, "12345678901")
    assert "11 of 10 characters" in shown_text(box)
    assert not button(box, "Send").isEnabled()


def test_sending_waits_while_a_file_of_the_same_draft_is_copied(qtbot, box: Composer) -> None:
    type_into(box, "x")
    box.set_copies(NOTE, {"c0": "of-the-note.pdf"})
    assert button(box, "Send").isEnabled()
    box.set_copies(REPLY, {"c1": "invoice.pdf"})
    assert not button(box, "Send").isEnabled()
    assert "still being copied" in button(box, "Send").toolTip()
    assert "Copying invoice.pdf" in shown_text(box)
    with qtbot.waitSignal(box.copy_cancelled) as cancelled:
        button(box, "Cancel copying invoice.pdf").click()
    assert cancelled.args == ["c1"]
    box.set_copies(REPLY, {})
    assert button(box, "Send").isEnabled()


def test_tab_leaves_the_text(box: Composer) -> None:
    QTest.keyClick(text_of(box, "Reply"), Qt.Key.Key_Tab)
    assert box.focusWidget() is not text_of(box, "Reply")
    assert box.draft(REPLY).text == ""


def test_every_control_has_a_name(box: Composer) -> None:
    box.set_draft(REPLY, Draft(REPLY, "x", files=(INVOICE,), cc=("a@example.com",)))
    controls = (*box.findChildren(QPushButton), *box.findChildren(QToolButton), *box.findChildren(MessageEdit))
    assert [c for c in controls if c.isVisible() and not (c.accessibleName() or c.property("text"))] == []


def test_the_word_on_a_button_is_cut_before_the_name_of_the_account_that_answers(box: Composer, qtbot) -> None:
    box.set_state(replace(STATE, account_label="Platform support"))
    for width, words in ((700, ("Canned reply",)), (525, ("Canned",)), (490, ("Canned", ""))):
        box.resize(width, 320)
        names = [one for one in box.findChildren(ElidedLabel) if one.text() == "Platform support" and one.isVisible()]
        assert len(names) == 2
        qtbot.waitUntil(lambda names=names: not any(name.is_cut for name in names))
        assert button(box, "Canned reply").text() in words


def test_nothing_of_one_ticket_is_left_when_another_is_written_to(qtbot, box: Composer) -> None:
    type_into(box, "for the first customer {name}")
    line = box.page.cc._line
    QTest.keyClicks(line, "half@exam")
    box.page.try_send(None)
    box.show_notice(REPLY, "Something went wrong.")
    box.page.ask_link()
    box.page.choose_files()
    dialogs = box.findChildren(QDialog)
    assert [dialog.isVisible() for dialog in dialogs] == [True, True]
    box.begin()
    assert box.draft(REPLY) == Draft(REPLY, "")
    assert "Something" not in shown_text(box)
    assert "address" not in shown_text(box)
    assert not any(dialog.isVisible() for dialog in dialogs)
    for editor in (line, text_of(box, "Reply")):
        QTest.keyClick(editor, Qt.Key.Key_Z, CTRL)
    assert box.draft(REPLY) == Draft(REPLY, "")


def test_a_half_typed_copy_is_part_of_the_draft_and_holds_only_its_own_ticket_back(qtbot, box: Composer) -> None:
    type_into(box, "x")
    with qtbot.waitSignal(box.draft_changed):
        QTest.keyClicks(box.page.cc._line, "half@exam")
    half = box.draft(REPLY)
    assert half.extra == {CC_TYPED: "half@exam"}
    box.begin()
    box.set_draft(REPLY, Draft(REPLY, "for somebody else"))
    with qtbot.waitSignal(box.send_requested):
        box.page.try_send(None)
    box.begin()
    box.set_draft(REPLY, half)
    assert box.page.cc._line.text() == "half@exam"
    with qtbot.assertNotEmitted(box.send_requested):
        box.page.try_send(None)


def test_a_list_that_is_pasted_becomes_an_address_each_and_what_is_wrong_stays_and_is_named(box: Composer) -> None:
    line = box.page.cc._line
    QGuiApplication.clipboard().setText("Ann <a@x.example>,b@y.example\n\u200bc@z.example")
    QTest.keyClick(line, Qt.Key.Key_V, CTRL)
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert box.draft(REPLY).cc == ("a@x.example", "b@y.example")
    assert "“[U+200B]c@z.example” is no e-mail address: there is an invisible character in it." in shown_text(box)
    assert line.text() == "\u200bc@z.example"


@pytest.mark.parametrize("typed", ['"Doe, Jane" <jane@x.example>', "Jane Doe <jane@x.example>", "jane@x.example "])
def test_an_address_is_typed_with_its_name(box: Composer, typed: str) -> None:
    line = box.page.cc._line
    QTest.keyClicks(line, typed)
    assert "no e-mail address" not in shown_text(box)
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert box.draft(REPLY).cc == ("jane@x.example",)


def test_thousands_of_copies_are_some_chips_and_a_list(box: Composer) -> None:
    many = tuple(f"a{number}@x.example" for number in range(2000))
    box.set_draft(REPLY, Draft(REPLY, "x", cc=many))
    assert box.draft(REPLY).cc == many
    assert len(box.findChildren(RemovableChip)) == 12
    more = button(box, "Show 1988 more")
    assert more.text() == f"+{box.locale().toString(1988)}"
    more.click()
    popup = next(one for one in box.findChildren(ChoicePopup) if one.isVisible())
    QTest.keyClicks(popup._line, "a1999")
    QTest.keyClick(popup._line, Qt.Key.Key_Return)
    assert box.draft(REPLY).cc == many[:-1]


def test_ctrl_enter_sends_what_an_input_method_has_not_ended_yet(qtbot, box: Composer) -> None:
    QApplication.sendEvent(text_of(box, "Reply"), QInputMethodEvent("감사합니다", []))
    assert button(box, "Send").isEnabled()
    with qtbot.waitSignal(box.send_requested):
        QTest.keyClick(text_of(box, "Reply"), Qt.Key.Key_Return, CTRL)
    assert box.draft(REPLY).text == "감사합니다"


def test_of_hundreds_of_files_some_are_chips_and_each_can_be_taken_out(box: Composer) -> None:
    many = tuple(replace(INVOICE, blob=BlobId(f"b{number}"), name=f"page {number}.pdf") for number in range(500))
    box.set_draft(REPLY, Draft(REPLY, "x", files=many))
    assert box.draft(REPLY).files == many
    assert len(box.findChildren(FileChip)) == 24
    button(box, "Show 476 more").click()
    popup = next(one for one in box.findChildren(ChoicePopup) if one.isVisible())
    QTest.keyClicks(popup._line, "page 499")
    QTest.keyClick(popup._line, Qt.Key.Key_Return)
    assert box.draft(REPLY).files == many[:-1]
