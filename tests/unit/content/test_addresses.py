"""Lists of addresses as people paste them: who is meant, and which one is wrong."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskhand.content.addresses import check_addresses, obstacle, read_addresses

A, B = "a@x.example", "b@y.example"


@pytest.mark.parametrize(
    "text",
    [
        f"{A},{B}",
        f"{A}, {B}",
        f"{A};{B};",
        f"{A}\n{B}\n",
        f"{A}\r\n{B}",
        f"{A} {B}",
        f"{A}\u00a0{B}",
        f"<{A}>,<{B}>",
        f"<{A}> <{B}>",
        f"mailto:{A},{B}?subject=Hello,%20c@z.example",
        f"mailto:{A}; MAILTO:{B}",
        f"Ann <{A}>, Bob <{B}>",
        f"Ann <mailto:{A}>, 'Bob' <{B}>",
        f'"Ann, of x" <{A}>, "B \\"Bob\\" <b>" <{B}>',
        f"Doe, Ann <{A}>; Roe, Bob <{B}>",
        f"{A} (Ann, of x), {B} (Bob)",
        f"Team: {A}, {B};",
        f"To: {A}, {B}",
        f"'{A}', '{B}'",
        f"Ann <{A}> Bob of y <{B}>",
        f"{A},, ;{B}, {A.upper()}",
        f"Ann <{A}> (of x), Bob <{B}>(of y)",
        f"Ann(a nice \\) one (really)) <a(her box)@x.example(her host)>, {B}",
        f"(of x) {A}, ((of y) Bob) {B}",
        f"Ann of x\t{A}\nBob\t{B}\tof y",
        f"{A}\t{B}",
        f"{A} [mailto:{A}]; Bob [mailto:{B}]",
        f"\u200eAnn\u200e <{A}>, 👩\u200d🔧 <{B}>",
    ],
)
def test_a_list_is_read_as_mail_programs_read_it(text: str) -> None:
    found = read_addresses(text)
    assert (found.addresses, found.problems) == ((A, B), ())


@pytest.mark.parametrize("text", [f"{A} <{B}>", f'"{A}" <{B}>', f"{A} <{B}>, {B}"])
def test_an_address_that_stands_as_a_name_gets_no_copy(text: str) -> None:
    assert read_addresses(text).addresses == (B,)


@pytest.mark.parametrize("text", ["", " ", ",;\n", "undisclosed-recipients:;"])
def test_nobody_is_no_mistake(text: str) -> None:
    assert read_addresses(text) == read_addresses("")
    assert read_addresses(text).problems == ()


@pytest.mark.parametrize(
    "address",
    [
        "jane@x.example",
        "jane.doe+tag@mail.x.example",
        "o'brien@x.example",
        "jane@bücher.example",
        "jane@xn--bcher-kva.example",
        "käthe@пример.рф",
        "用户@例子.公司",
        "x@1.example",
        "j@x-y.example",
    ],
)
def test_addresses_of_every_script_are_good(address: str) -> None:
    assert obstacle(address) == ""
    assert read_addresses(address).addresses == (address,)


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("jane", "no @"),
        ("@x.example", "before the @"),
        ("a@b@x.example", "more than one @"),
        ("jane@x", "not complete"),
        ("jane@", "not complete"),
        ("jane@.example", "not complete"),
        ("jane@x.example.", "not complete"),
        ("jane@x..example", "not complete"),
        ("jane@-x.example", "no host"),
        ("jane@x_y.example", "no host"),
        ("jane@10.0.0.1", "no host"),
        ("jane@[10.0.0.1]", "no host"),
        ("jane@x.example:25", "no host"),
        (".jane@x.example", "dot"),
        ("ja..ne@x.example", "dot"),
        ("\u200bjane@x.example", "invisible"),
        ("jane@x.example\u202e", "invisible"),
        ("ja\u00adne@x.example", "invisible"),
        ("jane\x00@x.example", "invisible"),
        ("\ufeffjane@x.example", "invisible"),
        ("jane doe@x.example", "blank"),
        ("ja<ne@x.example", "character before"),
        ("jane@аpple.example", "several scripts"),
        ("jane@xn--pple-43d.example", "several scripts"),
        ("jane@mail.gооgle.example", "several scripts"),
        ("jаne@x.example", "several scripts"),
        ("jane@xn--a.example", "no host"),
        ("ｊane@x.example", "looks like another"),
        ("jane@ｘ.example", "looks like another"),
        ("j" * 65 + "@x.example", "too long"),
        (f"jane@{'x' * 64}.example", "no host"),
    ],
)
def test_a_wrong_address_is_named_with_the_reason(address: str, why: str) -> None:
    assert why in obstacle(address)
    found = read_addresses(f"{A}, {address}; {B}")
    assert found.addresses == (A, B)
    assert found.refused == (address,)
    assert why in found.problems[0]
    assert why in check_addresses([A, address])


def test_accents_that_are_letters_of_their_own_are_joined_to_what_they_stand_on() -> None:
    assert read_addresses("jane@bu\u0308cher.example").addresses == ("jane@bücher.example",)


def test_an_invisible_character_is_made_visible_in_the_reason() -> None:
    (problem,) = read_addresses("\u200bjane@x.example").problems
    assert problem == "“[U+200B]jane@x.example” is no e-mail address: there is an invisible character in it."


@pytest.mark.parametrize("text", [f"Bob, {A}", f"Bob, <{A}>", f"{A}, Bob", f"{B}, Bob <nobody>"])
def test_a_name_without_an_address_is_not_passed_over(text: str) -> None:
    assert "Bob" in read_addresses(text).problems[0]


@given(st.text(alphabet="ab@.,;<>\"'() :\\\n\u200bx", max_size=40))
def test_whatever_is_pasted_every_address_that_comes_out_is_a_good_one(text: str) -> None:
    found = read_addresses(text)
    assert check_addresses(found.addresses) == ""
    assert len(found.refused) == len(found.problems)


@pytest.mark.timeout(20)  # gone through once for every sign, any of these takes minutes
@pytest.mark.parametrize(
    "sign", ["(", '"', "<", "(\\", "<@", "( ", " ", "x:", "[mailto:", f"{A},", f"{A} ", f'"Doe, Ann" <{A}>;']
)
def test_however_much_is_pasted_it_is_read_at_once(sign: str) -> None:
    found = read_addresses(sign * 30_000 + "@")
    assert len(found.refused) == len(found.problems)
