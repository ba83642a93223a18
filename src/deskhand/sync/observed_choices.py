"""Choices that a vendor does not list but its tickets show: states at Routera, priorities at NexusCore, colleagues' e-mails. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from deskhand.domain.capabilities import Capabilities, Feature, PriorityChoice, StateChoice
from deskhand.domain.tickets import Person, Priority, State

ObservedTerms = Mapping[str, tuple[tuple[str, str], ...]]


def merge_observed(capabilities: Capabilities, observed: ObservedTerms) -> Capabilities:
    """Return the capabilities with what was seen added; what the vendor listed itself is never changed."""
    states = capabilities.states
    if Feature.STATE in capabilities and not any(choice.group for choice in states):
        new = _new(observed.get("state", ()), (choice.id for choice in states))
        states += tuple(StateChoice(i, w, State.OTHER) for i, w in new)
    priorities = capabilities.priorities
    if Feature.PRIORITY in capabilities:
        new = _new(observed.get("priority", ()), (name for choice in priorities for name in (choice.id, choice.label)))
        priorities += tuple(PriorityChoice(i, w, _priority(w)) for i, w in new)
    agents = capabilities.agents
    if Feature.ASSIGN in capabilities:
        new = _new(observed.get("assignee", ()), (name for agent in agents for name in (agent.email, agent.id)))
        agents += tuple(
            Person(name=w if w != i else "", email=i if "@" in i else "", id="" if "@" in i else i) for i, w in new
        )
    return replace(capabilities, states=states, priorities=priorities, agents=agents)


def _new(seen: Iterable[tuple[str, str]], known: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield ids that are not known yet, each once, with its most frequent label."""
    names = {name.casefold() for name in known}
    for identifier, label in seen:
        if identifier and identifier.casefold() not in names:
            names.add(identifier.casefold())
            yield identifier, label or identifier


def _priority(label: str) -> Priority:
    try:
        return Priority(label.casefold())
    except ValueError:
        return Priority.OTHER
