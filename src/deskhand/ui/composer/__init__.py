"""The reply box: reply and note are two drafts that never mix.

composer     the box: composer_page, composer_tabs, message_edit, formatting_bar, attachment_bar, cc_field, recipients, send_button,
snippet_popup, insert_link_dialog
light_html   what the box can hold, as HTML
composition  what is sent
box_state    what the box shows of a ticket
presenter    drafts, files, sending, undo (draft_saver, file_copies)
"""
