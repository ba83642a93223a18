import logging

import pytest

from deskhand.http.wire import Id, Text, Texts, When, Wire, read_items, unwrap


class Thing(Wire):
    id: Id
    name: Text = ""
    tags: Texts = ()
    at: When = None


def test_one_bad_item_does_not_lose_its_page_and_its_values_stay_out_of_the_log(caplog):
    with caplog.at_level(logging.WARNING):
        read = read_items(Thing, [{"id": "a"}, {"name": "secret text"}, 7, None, {"id": 12, "extra": {"x": 1}}])
    assert [item.model.id for item in read] == ["a", "12"]
    assert read.left_out == 3
    assert "id" in caplog.text
    assert "secret text" not in caplog.text


def test_unknown_fields_are_retained_beside_the_raw_json():
    read = read_items(Thing, [{"id": "a", "colour": "blue"}]).items[0]
    assert read.model.model_extra == {"colour": "blue"}
    assert read.raw == '{"id":"a","colour":"blue"}'


def test_odd_values_of_a_field_do_not_lose_its_item():
    odd = {"id": "a", "name": None, "tags": "red, blue", "at": "soon"}
    also = {"id": "b", "name": 12, "tags": [{"name": "red"}, 5, None, {"x": 1}], "at": 1759579200}
    first, second = read_items(Thing, [odd, also]).models
    assert (first.name, first.tags, first.at) == ("", ("red", "blue"), None)
    assert (second.name, second.tags) == ("12", ("red", "5"))
    assert second.at is not None


def test_what_is_no_list_is_no_page():
    with pytest.raises(ValueError, match="dict"):
        read_items(Thing, {"id": "a"})


def test_an_envelope_is_opened_where_there_is_one():
    assert unwrap({"data": [1]}, "data") == [1]
    assert unwrap([1], "data") == [1]
    assert unwrap({"items": [1]}, "data", "items") == [1]
