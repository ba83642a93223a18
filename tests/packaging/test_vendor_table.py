"""The README's table says what the vendors' packages say."""

import pytest
from deskdev import vendor_table

from deskhand.domain.capabilities import Feature


def test_the_readme_has_the_table_that_the_command_writes():
    readme = vendor_table.README.read_text(encoding="utf-8")
    assert vendor_table.in_readme(readme) == vendor_table.table(), "run packaging/dev.py vendor-table"


def test_every_feature_has_a_line():
    titles = [line.split(" | ")[0].removeprefix("| ") for line in vendor_table.table().splitlines()]
    assert len(titles) == len(set(titles)) == 2 + len(Feature) + 1


def test_a_readme_without_markers_is_refused():
    with pytest.raises(vendor_table.MarkersMissing):
        vendor_table.in_readme("# Deskhand")
