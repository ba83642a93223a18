"""Views of one's own are kept, changed, and taken along as one text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.helpers.filter_strategies import filters
from tests.helpers.narrowing import not_none

from deskhand.domain.filters.parsing import FilterError, parse
from deskhand.domain.filters.syntax import All, Not
from deskhand.domain.filters.unparsing import unparse
from deskhand.domain.problems import Invalid
from deskhand.domain.queries import GroupBy, Sort, TicketQuery
from deskhand.services.own_views import GROUPINGS, MOST, OwnViews
from deskhand.services.settings import Settings
from deskhand.services.views_file import read, write


class StoredSettings:
    """What the database keeps."""

    def __init__(self) -> None:
        self.values: dict[str, str] = {}

    async def get(self, key):
        return self.values.get(key)

    async def put(self, key, value):
        if value is None:
            self.values.pop(key, None)
        else:
            self.values[key] = value

    async def with_prefix(self, prefix):
        return {key: value for key, value in self.values.items() if key.startswith(prefix)}


@pytest.fixture
def kept():
    return StoredSettings()


@pytest.fixture
def views(kept):
    return OwnViews(Settings(kept))


async def again(kept):
    settings = Settings(kept)
    await settings.load()
    return OwnViews(settings)


async def test_a_view_is_there_after_a_restart_with_everything_that_was_chosen(views, kept):
    made = await views.create(
        "Urgent", "priority:urgent is:open", colour="red", sort="oldest", group_by="day", pinned=True
    )
    assert (await again(kept)).all() == (made,)
    meant = parse("priority:urgent is:open")
    assert not isinstance(meant, FilterError)
    assert made.ticket_query == TicketQuery(filter=meant, sort=Sort.OLDEST, view=made.id, group_by=GroupBy.DAY)


async def test_views_are_renamed_moved_and_removed(views):
    first, second, third = [await views.create(name, "is:open") for name in ("One", "Two", "Three")]
    await views.move(third.id, 0)
    assert [view.name for view in views.all()] == ["Three", "One", "Two"]
    await views.move(third.id, 99)
    assert [view.name for view in views.all()] == ["One", "Two", "Three"]
    changed = await views.change(second.id, name=" Deux ", query="is:mine")
    assert views.named("deux") == changed
    await views.remove(first.id)
    assert [view.name for view in views.all()] == ["Deux", "Three"]


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"name": " "}, "A view needs a name"),
        ({"name": "x" * 61}, "at most 60"),
        ({"name": "THERE"}, "There is a view named “THERE” already."),
        ({"query": "prio:high"}, "There is no field “prio”. Did you mean priority?"),
        ({"sort": "loudest"}, "sort is one of newest, oldest, priority, best, waiting, state, account, assignee, due"),
        ({"group_by": "moon"}, "group_by is one of account, state, day, turn."),
        ({"counter": 1}, "counter is true or false."),
        ({"colour": None}, "colour is a text."),
    ],
)
async def test_what_is_wrong_with_a_view_is_said_and_nothing_is_kept(views, values, said):
    there = await views.create("There", "")
    with pytest.raises(Invalid) as refused:
        await views.create(**{"name": "New", "query": "", **values})
    assert said in refused.value.detail
    assert views.all() == (there,)


async def test_no_more_views_than_a_window_shows(views):
    for number in range(MOST):
        await views.create(str(number), "")
    with pytest.raises(Invalid):
        await views.create("one more", "")


async def test_what_is_no_view_in_the_settings_is_left_out(views, kept):
    made = await views.create("Mine", "is:mine")
    kept.values["views.own"] = kept.values["views.own"].replace(
        "[{", '[7, {"id": "x"}, {"sort": "moon", "name": "Odd", "id": "y"}, {'
    )
    odd, same = (await again(kept)).all()
    assert same == made
    assert (odd.name, odd.sort) == ("Odd", "newest")


async def test_a_file_of_views_goes_to_another_computer(views):
    await views.create('Say "hi"\\', 'subject:"order \\"x\\""', icon="star", pinned=True, counter=False)
    await views.create("東京 مرحبا", "tag:é")
    text = write(views.export())
    other = OwnViews(Settings(StoredSettings()))
    kept = await other.create("東京 مرحبا", "is:open", colour="red")
    done = await other.take(read("\ufeff" + text))
    assert (done.added, done.replaced) == (('Say "hi"\\',), ("東京 مرحبا",))
    assert {view.name: (view.query, view.icon, view.pinned, view.counter) for view in other.all()} == {
        view.name: (view.query, view.icon, view.pinned, view.counter) for view in views.all()
    }
    assert not_none(other.named("東京 مرحبا")).id == kept.id
    assert not_none(other.named("東京 مرحبا")).colour == ""


@given(st.lists(st.tuples(st.text(max_size=20), filters(), st.sampled_from(GROUPINGS)), max_size=4))
async def test_every_view_that_is_kept_is_the_same_in_a_file(made):
    views, other = OwnViews(Settings(StoredSettings())), OwnViews(Settings(StoredSettings()))
    for name, of, grouping in made:
        try:
            await views.create(name, unparse(of), group_by=grouping)
        except Invalid:
            continue
    await other.take(read(write(views.export())))
    assert [(view.name, view.query, view.group_by) for view in other.all()] == [
        (view.name, view.query, view.group_by) for view in views.all()
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('version = 1\n[[view]]\nname = "x"\nquery = ""\nshape = "round"', "View 1 of the file says “shape”"),
        ('version = 1\n[[view]]\nname = "x"', "View 1 of the file has no name or no query."),
        (
            'version = 1\n[[view]]\nname = "a"\nquery = ""\n[[view]]\nname = "x"\nquery = "tag>3"',
            "The filter of “x” cannot be read.",
        ),
    ],
)
async def test_a_file_that_cannot_be_read_changes_nothing(views, text, said):
    with pytest.raises(Invalid) as refused:
        await views.take(read(text))
    assert said in refused.value.detail
    assert views.all() == ()


async def test_a_view_is_duplicated_right_behind_it(views):
    first, second = [await views.create(name, "is:open") for name in ("One", "Two")]
    made = await views.duplicate(first.id)
    assert [view.name for view in views.all()] == ["One", "One 2", "Two"]
    assert (made.query, made.pinned) == (first.query, False)
    assert views.get(second.id) == second


async def test_views_of_a_file_come_beside_those_that_are_there(views):
    await views.create("Same", "is:open")
    await views.create("Other", "is:closed")
    text = (
        'version = 1\n[[view]]\nname = "Same"\nquery = "is:open"\n[[view]]\nname = "other"\nquery = "is:unread"\n'
        '[[view]]\nname = "Bad"\nquery = "mood:x"\n[[view]]\nname = "New"\nquery = ""\n'
    )
    found = await views.take_beside(read(text))
    assert (found.added, found.renamed, found.unchanged) == (("New",), (("other", "other 2"),), ("Same",))
    assert [name for name, _ in found.refused] == ["Bad"]
    assert [view.name for view in views.all()] == ["Same", "Other", "other 2", "New"]
    assert views.named("Other").query == "is:closed"


async def test_only_chosen_views_are_exported(views):
    first, _ = [await views.create(name, "is:open") for name in ("One", "Two")]
    assert [entry["name"] for entry in views.export({first.id}).views] == ["One"]
    assert [entry["name"] for entry in views.export().views] == ["One", "Two"]


async def test_a_filter_that_cannot_be_read_finds_nothing_and_says_why(views, kept):
    kept.values["views.own"] = '[{"id": "v", "name": "Odd", "query": "mood:happy"}]'
    (odd,) = (await again(kept)).all()
    assert "mood" in str(odd.error)
    assert odd.ticket_query.filter == Not(All())
