"""Choices that a vendor does not list but its tickets show."""

from deskhand.domain.capabilities import Capabilities, Feature, PriorityChoice, StateChoice
from deskhand.domain.tickets import Person, Priority, State
from deskhand.sync.observed_choices import merge_observed

OBSERVED = {
    "state": (("s1", "Waiting for parts"), ("open", "Open"), ("", "")),
    "priority": (("urgent", "Urgent"), ("p7", "Whenever")),
    "assignee": (("ada@example.com", "Ada"), ("U17", "Grace"), ("U17", "Grace")),
}
ALL = frozenset({Feature.STATE, Feature.PRIORITY, Feature.ASSIGN})


def test_what_tickets_show_is_offered_beside_what_the_vendor_lists():
    listed = Capabilities(can=ALL, states=(StateChoice("open", "Open", State.OPEN),))
    learnt = merge_observed(listed, OBSERVED)
    assert [(c.id, c.label, c.state) for c in learnt.states] == [
        ("open", "Open", State.OPEN),
        ("s1", "Waiting for parts", State.OTHER),
    ]
    assert [(c.id, c.priority) for c in learnt.priorities] == [("urgent", Priority.URGENT), ("p7", Priority.OTHER)]
    assert Person("Ada", "ada@example.com") in learnt.agents
    assert Person("Grace", "", "U17") in learnt.agents


def test_learning_twice_adds_nothing():
    once = merge_observed(Capabilities(can=ALL), OBSERVED)
    assert merge_observed(once, OBSERVED) == once
    assert len({agent.id or agent.email for agent in once.agents}) == len(once.agents)


def test_states_that_belong_to_groups_are_not_guessed():
    listed = Capabilities(can=ALL, states=(StateChoice("new", "New", State.OPEN, group="sales"),))
    assert merge_observed(listed, OBSERVED).states == listed.states


def test_a_vendor_that_changes_nothing_learns_nothing():
    assert merge_observed(Capabilities(), OBSERVED) == Capabilities()


def test_a_known_priority_is_not_doubled_under_its_word():
    listed = Capabilities(can=ALL, priorities=(PriorityChoice("7", "urgent", Priority.URGENT),))
    assert [c.id for c in merge_observed(listed, {"priority": (("urgent", "urgent"),)}).priorities] == ["7"]
