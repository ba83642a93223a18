"""The open ticket: header, conversation, record.

ticket_header   subject, boxes and the "..." menu (field_box, tags_box, subject_edit, person_picker, pending_line, ticket_menu)
conversation    messages and events, one card each (conversation_cards, message_card, message_body, message_document)
hit_bar         the way through the hits of a search
record_card     a vendor without conversations (record_notes)
new_ticket_dialog, record_dialog   what can be created (forms, vendor_form, form_saver)
presenter       what was opened, and what changed in it
changes         changes of the ticket: state, priority, assignee, tags, subject
web_page        the ticket at its vendor, in the browser (web_page_dialog)
files           links and attachments (save_file, pictures)
"""
