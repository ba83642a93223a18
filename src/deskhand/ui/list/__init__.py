"""The ticket list: which tickets, in which order, one row each.

list_pane     title, filters and search line around the list (filter_bar, filter_menu, news_button)
ticket_list   the list: ticket_list_view, row_model (pages, diff, hold), row_delegate (row_metrics, row_text)
presenter     which tickets the list shows
selection     the menu of the selected tickets
history       the tickets that were open
"""
