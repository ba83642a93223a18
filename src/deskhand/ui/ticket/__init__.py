"""The open ticket: header, conversation, record.

ticket_header   subject, boxes and the "..." menu (field_box, tags_box, subject_edit, person_picker, pending_line, ticket_menu)
conversation    messages and events, one card each (conversation_cards, message_card, message_body, message_document)
record_card     a vendor without conversations (record_notes)
new_ticket_dialog, record_dialog   what can be created (forms, vendor_form, form_saver)
presenter       what was opened, and what changed in it
changes         changes of the ticket: state, priority, assignee, tags, subject
files           links and attachments (save_file, pictures)
"""
