"""Mijn Klantportaal: threads, replies, files after the message. Facts: https://docs.developers.mijnklantportaal.nl."""
