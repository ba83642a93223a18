"""Item models: frozen rows, roles from an enum, no disk, no network."""
