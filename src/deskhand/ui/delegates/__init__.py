"""Delegates only paint."""
