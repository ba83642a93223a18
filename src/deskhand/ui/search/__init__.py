"""The search field. Results are shown by `ui.list`."""
