"""The search box: text, suggestions and mistakes; and what is shown of its results beside the rows of `ui.list`.

presenter       what a text means, and what is offered
search_bar      the box over list and conversation (filter_edit, bar_button, placing)
strip           the line below it (offer_chip); suggesting fills it
building        the builder beside it (builder_panel, builder_row, value_editor, line_offers), every operator (operators_sheet)
search_field    the top of the left pane: the way in, and the way back
search_results  what is shown of the results: where the hits are (hits_presenter), in the open ticket too (ticket_hits), where is looked and who
                fits (scope_presenter, scope_line), and what the vendors found (vendors_presenter, vendor_results)
"""
