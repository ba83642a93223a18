"""`inspect`: what would be shown of a message body or an attachment, as JSON or to read."""

from argparse import Namespace
from typing import Any

from deskhand.content.inspection import Inspected
from deskhand.content.names import Verdict
from deskhand.domain.console import Console
from deskhand.domain.lazy_dataclass import dataclass

from . import json_output
from .console import indented


@dataclass(frozen=True, slots=True)
class Told:
    """What there is to tell about a body.

    Attributes:
        form: `html` or `plain`, as it was read.
        notices: sentences.
        loaded: indexes of the pictures that are shown without asking.
        layout: seconds that laying it out took.
    """

    found: Inspected
    form: str
    notices: tuple[str, ...]
    loaded: frozenset[int]
    layout: float


def wrong_usage(parsed: Namespace) -> str | None:
    """Return what is wrong with the arguments, or None."""
    if parsed.attachment is None and not parsed.file:
        return "Name a file with a message body, - for standard input, or --attachment NAME."
    if parsed.attachment is None and parsed.type:
        return "--type belongs to --attachment."
    if parsed.attachment is not None and parsed.format != "auto":
        return "--format belongs to a message body, not to --attachment."
    return None


def shape(told: Told) -> dict[str, Any]:
    """Return the stable JSON of a body."""
    found, sanitized = told.found, told.found.sanitized
    return {
        "html": sanitized.html,
        "text": sanitized.text,
        "snippet": found.snippet,
        "own_html": found.parts.own,
        "quoted_html": found.parts.quoted,
        "signature_html": found.parts.signature,
        "links": [
            {"shown": link.shown, "target": link.target, "verdict": link.verdict, "reasons": list(link.reasons)}
            for link in found.links
        ],
        "pictures": [
            {"kind": image.kind.value, "alt": image.alt, "loaded": image.index in told.loaded}
            for image in sanitized.images
        ],
        "notices": list(told.notices),
        "layout": {
            "cells": sanitized.cost.cells,
            "depth": sanitized.cost.depth,
            "cost": round(sanitized.cost.total, 2),
            "fallback": sanitized.fallback.value or None,
        },
        "sanitize_ms": round(found.seconds * 1000, 2),
        "layout_ms": round(told.layout * 1000, 2),
    }


def tell(told: Told, console: Console, *, as_json: bool) -> None:
    """Write what is shown of a body."""
    if as_json:
        console.block(json_output.dumps(shape(told)))
        return
    found, sanitized, cost = told.found, told.found.sanitized, told.found.sanitized.cost
    console.block(indented(sanitized.text))
    console.out(f"Read as:    {told.form}")
    for notice in told.notices:
        console.out(f"Notice:     {notice}")
    for name, part in (("quoted", found.parts.quoted), ("signature", found.parts.signature)):
        if part:
            console.out(f"Folded:     {name}, {len(part):,} characters of HTML")
    for link in found.links:
        why = f" ({', '.join(link.reasons)})" if link.reasons else ""
        console.out(f"Link:       {link.shown!r} leads to {link.target}: {link.verdict}{why}")
    for image in sanitized.images:
        state = "shown" if image.index in told.loaded else "not loaded"
        console.out(f"Picture:    {image.kind.value} {image.alt!r}: {state}")
    fallback = {"": "as it is", "no_tables": "without its tables", "plain": "as plain text"}[sanitized.fallback.value]
    console.out(f"Layout:     {fallback}; {cost.cells} cells, {cost.depth} levels, {cost.total:.1f} ms expected")
    console.out(f"Took:       {found.seconds * 1000:.1f} ms to sanitize, {told.layout * 1000:.1f} ms to lay out")


def tell_attachment(verdict: Verdict, console: Console, *, as_json: bool) -> None:
    """Write what may be done with an attachment."""
    if as_json:
        found = {"shown_name": verdict.shown_name, "opens": verdict.opens, "why": verdict.reason.value}
        console.block(json_output.dumps(found))
        return
    console.out(f"{verdict.shown_name}: {'opens' if verdict.opens else 'is only saved'} ({verdict.reason.value})")
