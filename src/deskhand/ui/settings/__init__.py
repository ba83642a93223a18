"""Settings, keys (keys_presenter, keys_editor, key_row, key_capture), canned replies, and where credentials are kept."""
