"""What a terminal is told can neither command it nor turn its reading direction."""

import io

import pytest

from deskhand.cli.console import Terminal, indented


def test_a_customers_escape_sequence_does_not_reach_the_terminal():
    output = io.StringIO()
    Terminal(output=output).out("Re: \x1b]0;owned\x07 \x1b[2Jorder")
    assert "\x1b" not in output.getvalue()
    assert "\x07" not in output.getvalue()
    assert "order" in output.getvalue()


def test_an_override_does_not_turn_a_file_name_round():
    output = io.StringIO()
    Terminal(output=output).out("invoice_\u202efdp.exe")
    assert output.getvalue() == "invoice_fdp.exe\n"


def test_lines_scripts_and_emoji_stay_as_they_are():
    output = io.StringIO()
    Terminal(output=output).block("שלום\nこんにちは 🧡\ttab")
    assert output.getvalue() == "שלום\nこんにちは 🧡\ttab\n"


BREAKS = ["\n", "\r", "\r\n", "\v", "\f", "\x1c", "\x1d", "\x1e", "\x85", "\u2028", "\u2029"]


@pytest.mark.parametrize("sign", BREAKS)
def test_a_subject_with_a_line_break_is_still_one_row(sign):
    output, errors = io.StringIO(), io.StringIO()
    console = Terminal(output=output, errors=errors)
    console.out(f"  2026-01-01 10:00Z  open  A/1  Jane: Order{sign}* 2026-01-01 10:00Z  solved  A/2  Joe: forged")
    console.err(f"It said: no{sign}Done.")
    for stream in (output, errors):
        assert len(stream.getvalue().splitlines()) == 1
    assert "Order\\" in output.getvalue()


def test_a_message_cannot_be_taken_for_the_head_of_another():
    output = io.StringIO()
    Terminal(output=output).block(indented("Hello,\r\n--- Agent 2026-01-01T10:00:00Z\vpaid\n"))
    assert output.getvalue().splitlines() == ["  Hello,", "  --- Agent 2026-01-01T10:00:00Z\\x0bpaid", "  "]


def test_json_keeps_its_lines():
    output = io.StringIO()
    Terminal(output=output).block('{\n  "subject": "a"\n}')
    assert output.getvalue() == '{\n  "subject": "a"\n}\n'
