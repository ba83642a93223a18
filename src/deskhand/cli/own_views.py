"""Views of the agent's own on the command line: list, export, import."""

from argparse import Namespace

from deskhand.domain.console import Console
from deskhand.domain.problems import Invalid
from deskhand.services.services import Services

from . import json_output, naming
from .acting import say_imported, text_of


async def list_views(arguments: Namespace, services: Services, console: Console) -> int:
    """`views list`."""
    counts = await services.view_counts.refresh()
    views = services.views.all()
    if arguments.json:
        console.block(json_output.dumps([json_output.own_view(view, counts.get(view.id)) for view in views]))
        return 0
    for view in views:
        count = counts.get(view.id)
        console.out(f"{view.name}  {'-' if count is None else count}  {view.query}")
    if not views:
        console.err("There is no view of your own yet.")
    return 0


async def export_views(arguments: Namespace, services: Services, console: Console) -> int:
    """`views export`."""
    text = await services.views_exchange.text(with_layer=arguments.with_marks)
    console.block(text.rstrip("\n"))
    return 0


async def import_views(arguments: Namespace, services: Services, console: Console) -> int:
    """`views import FILE`."""
    try:
        done = await services.views_exchange.take(await text_of(arguments.file, console), beside=False)
    except Invalid as wrong:
        raise naming.Unclear(wrong.detail) from None
    for sentence in done.layer_said:
        console.out(sentence)
    return say_imported(console, done.views.added, done.views.replaced, done.left_out)
