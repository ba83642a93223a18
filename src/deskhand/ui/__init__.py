"""The window: Qt Widgets, and nothing that knows a vendor, a database or the network.

    tokens, theme, stylesheet   colours, fonts, spacing; following the system
    icons, resources            one outline set, tinted from the palette
    display, refusal            whether there is a screen; a failure to start, shown with or without the rest
    placement                   where a window stands on the screens that there are
    models/                     frozen rows behind roles; no disk, no network
    delegates/                  paint a row
    widgets/                    parts: setters in, signals out

A widget imports no service and has no coroutine. It is told what to show and tells what the agent did; a presenter does the rest.
Qt's names stay camelCase, ours are snake_case; words go through `tr()`; a colour is asked of `theme_of(self.palette())` while painting.
Text of a customer or a vendor reaches a widget in two forms only: literally (every label is PlainText, see `widgets.labels`) or
as washed HTML in `widgets.message_document`, which answers no request for a file or an address.
"""
