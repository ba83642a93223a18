"""The palette: every command, ticket and account by its words."""
