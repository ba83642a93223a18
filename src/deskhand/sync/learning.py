"""Choices that a vendor does not list but its tickets show: states at Routera, priorities at NexusCore, colleagues' e-mails. Pure."""

from collections.abc import Mapping
from dataclasses import replace

from deskhand.domain.capabilities import Capabilities, Feature, PriorityChoice, StateChoice
from deskhand.domain.tickets import Person, Priority, State

Words = Mapping[str, tuple[tuple[str, str], ...]]


def learn(capabilities: Capabilities, words: Words) -> Capabilities:
    """Return the capabilities with what was seen added; what the vendor listed itself is never changed."""
    states = capabilities.states
    if Feature.STATE in capabilities and not any(choice.shelf for choice in states):
        known = {choice.id for choice in states}
        states += tuple(StateChoice(i, w or i, State.OTHER) for i, w in words.get("state", ()) if i and i not in known)
    priorities = capabilities.priorities
    if Feature.PRIORITY in capabilities:
        seen = {choice.id for choice in priorities} | {choice.word for choice in priorities}
        priorities += tuple(
            PriorityChoice(i, w or i, _meaning(w or i)) for i, w in words.get("priority", ()) if i and i not in seen
        )
    agents = capabilities.agents
    if Feature.ASSIGN in capabilities:
        emails = {agent.email.casefold() for agent in agents} | {agent.id.casefold() for agent in agents if agent.id}
        agents += tuple(
            Person(name=w if w != i else "", email=i if "@" in i else "", id="" if "@" in i else i)
            for i, w in words.get("assignee", ())
            if i and i.casefold() not in emails
        )
    return replace(capabilities, states=states, priorities=priorities, agents=agents)


def _meaning(word: str) -> Priority:
    try:
        return Priority(word.casefold())
    except ValueError:
        return Priority.OTHER
