"""The accounts pane: search, views, one card per account; adding, changing and removing accounts.

accounts_pane    the pane: account_card, account_header, account_menu, view_row, status_label, vendor_summary, pane_account
account_dialog   the form of an account: vendor_choice, account_form; import_dialog, remove_dialog
welcome          the first start, before there is an account
presenter        tells the services what was asked for, and the pane what changed
"""
