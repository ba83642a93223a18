"""Settings, canned replies, and where credentials are kept."""
