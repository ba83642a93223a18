"""Stands in for the record of how Python was built, which names folders of that machine; nothing here builds anything."""

build_time_vars: dict[str, object] = {}
