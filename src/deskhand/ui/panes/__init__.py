"""The parts of the window that a splitter places: setters in, signals out, driven by `ui.presenters`.

    accounts_pane   search, smart views, one card per account (account_card, view_row, status_words)
    list_pane       title, filters and search line around the ticket list (filter_bar, filter_menu)
    ticket_header   subject, boxes and the "..." menu (field_box, tags_box, subject_edit, person_picker, pending_line, ticket_menu)
    composer        reply and note: two drafts that never mix (composer_page, composer_tabs, message_edit, light_html, send_button,
                    formatting_bar, attachment_bar, cc_field, snippet_popup)
    record_card     a vendor without conversations (record_notes)
    customer_pane   who, what is known, what else, what happened (facts, other_ticket)
    status_line     what the program is doing, in words
    welcome         the first start, before there is an account

A setter compares with what is shown and touches only what differs: scroll position and focus stay where the agent put them.
"""
