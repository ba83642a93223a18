"""What is typed into the form of a view and not saved: it is there again when the form is opened next, also after a crash."""

import json
from collections.abc import Mapping
from dataclasses import asdict, fields, replace

from PySide6.QtCore import QObject

from deskhand.services.own_views import OwnView
from deskhand.services.settings import Settings
from deskhand.sync.tasks import TaskScope
from deskhand.ui.kit.pacing import Throttle

KEY = "views.typed"


class TypedViews(QObject):
    """Keeps the form of each view by the view's id, that of a new one under its filter."""

    def __init__(self, settings: Settings, scope: TaskScope, parent: QObject) -> None:
        super().__init__(parent)
        self._settings = settings
        self._unsaved: dict[str, Mapping[str, object] | None] = {}
        self._write = Throttle(self.save, scope, "typed views", self)

    def get(self, view: OwnView) -> OwnView | None:
        """Return what was typed into the form of this view; None where that is nothing."""
        kept = self._kept().get(_name(view))
        if not isinstance(kept, dict):
            return None
        known = {field.name: type(getattr(view, field.name)) for field in fields(OwnView) if field.name != "id"}
        values = {name: value for name, value in kept.items() if name in known and isinstance(value, known[name])}
        typed = replace(view, **values)
        return typed if typed != view else None

    def keep(self, typed: OwnView, begun_as: OwnView) -> None:
        """Keep what is typed now.

        Args:
            begun_as: what the form held at first.
        """
        self._unsaved[_name(begun_as)] = asdict(typed) if typed != begun_as else None
        self._write.request()

    def forget(self, begun_as: OwnView) -> None:
        """The form was saved, or begun anew."""
        self._unsaved[_name(begun_as)] = None
        self._write.request()

    async def save(self) -> None:
        """Put it on disk."""
        if not self._unsaved:
            return
        unsaved, self._unsaved = self._unsaved, {}
        kept = {**self._settings_value(), **unsaved}
        left = {name: value for name, value in kept.items() if value is not None}
        await self._settings.put(KEY, json.dumps(left, ensure_ascii=False) if left else None)

    def _settings_value(self) -> dict[str, object]:
        stored = self._settings.json_value(KEY)
        return stored if isinstance(stored, dict) else {}

    def _kept(self) -> dict[str, object]:
        return {**self._settings_value(), **self._unsaved}


def _name(view: OwnView) -> str:
    return view.id or f"new {view.query}"
