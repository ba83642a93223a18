"""What a terminal is told can neither command it nor turn its reading direction."""

import io

from deskhand.cli.console import Terminal


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
    Terminal(output=output).out("שלום\nこんにちは 🧡\ttab")
    assert output.getvalue() == "שלום\nこんにちは 🧡\ttab\n"
