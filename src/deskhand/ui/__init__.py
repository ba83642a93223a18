"""The window: Qt Widgets, and nothing that knows a vendor, a database or the network. One package per subject.

    kit            parts that every subject uses, and how they look
    actions        everything a person can trigger, and its keys
    accounts, list, ticket, composer, customer, outbox, search, palette, settings, notifications
    shell          builds the presenters, places the panes, hands a change set to each; quitting in order
    window, placement, display   the window itself, where it stands, whether there is a screen
    app, application, bridge, signals

A subject has widgets and a presenter. A widget imports no service and has no coroutine: it is told what to show and tells what the
agent did. A presenter holds the services it needs and a `TaskScope` for what it waits for. Every coroutine that it starts under a
name replaces the one before, so a late answer never lands in the wrong ticket.

Models are frozen rows behind roles, without disk or network. Dialogs are opened with `open()`, never `exec()`, which would stop the
loop. Qt's names stay camelCase, ours are snake_case; texts go through `tr()`; a colour is asked of `theme_of(self.palette())` while
painting. Text of a customer or a vendor reaches a widget in two forms only: literally (every label is PlainText, see `kit.labels`) or
as sanitized HTML in `ticket.message_document`, which answers no request for a file or an address.
"""
