"""The ticket list: which tickets, in which order, one row each.

list_pane     title, filters and search line around the list (header_button, filter_button, filter_menu, news_button, order_menu)
ticket_list   the list: ticket_list_view (painted_rows, row_keys), row_model (pages, diff, hold), row_delegate (row_metrics, row_text; hit_rows, hit_text: rows of a search)
row_motion    rows on the way to their places
groups        heads between the rows: group_heads (what they say), head_painter, folding
arrangement   groups and order of each view; column_chooser: the columns of the table
presenter     which tickets the list shows; places: where it can go; account_views: what of an account; titles: what it is called
selection     the menu of the selected tickets
go_on         what comes after a ticket that is dealt with
history       the tickets that were open
"""
