# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0

"""Every operator case of the onnx package: none wrong, none lost, and enough of them right.

`python -m parity.conformance` writes the table that they are compared with.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from parity.conformance import TABLE, Row, judged, outside, read_csv, shares, write_table
from parity.node_cases import collect
from parity.run import MODES, Journal
from parity.verdict import Mode

_CASES = 1884
_EXPRESSIBLE = 1650
_MOST_IN_PYNATIVE_ONLY = 10
# Raised whenever more passes: they must end at 0.97 and 0.96, and 0.98 for old opsets.
_LEAST = {"pynative": 0.89, "graph": 0.89}
_LEAST_OLD = {"pynative": 0.94, "graph": 0.94}


@pytest.fixture(scope="session")
def rows(tmp_path_factory: pytest.TempPathFactory) -> Sequence[Row]:
    """All cases, from one run that leaves its table in client-python/target."""
    work = tmp_path_factory.mktemp("nodes")
    found = list(judged(collect(), work, Journal(work / "journal.jsonl")))
    write_table(found, TABLE.parent / "target")
    return found


@pytest.mark.extended
def test_all_cases_are_there(rows: Sequence[Row]) -> None:
    assert len({row.case for row in rows}) == len(rows) == _CASES
    assert sum(row.counts for row in rows) >= _EXPRESSIBLE


@pytest.mark.extended
def test_no_case_is_wrong(rows: Sequence[Row]) -> None:
    assert [f"{row.case}: {row.detail}" for row in rows if row.faulty] == []


@pytest.mark.extended
def test_few_cases_are_more_than_graph_mode_compiles(rows: Sequence[Row]) -> None:
    assert sum(row.verdict == "pynative" for row in rows) <= _MOST_IN_PYNATIVE_ONLY


@pytest.mark.extended
def test_what_is_not_converted_says_why(rows: Sequence[Row]) -> None:
    assert [row.case for row in rows if row.verdict != "pass" and not row.detail] == []


@pytest.mark.extended
def test_what_passed_still_passes(rows: Sequence[Row]) -> None:
    passing = {row.case for row in rows if row.verdict == "pass"}
    lost = [
        row.case for row in read_csv(TABLE) if row.verdict == "pass" and row.case not in passing
    ]
    assert lost == [], f"they pass in {TABLE.name}"


@pytest.mark.extended
@pytest.mark.parametrize("mode", MODES)
def test_enough_is_right(mode: Mode, rows: Sequence[Row]) -> None:
    assert shares(rows, lambda row: row.counts)[mode] >= _LEAST[mode]
    assert shares(rows, lambda row: row.old)[mode] >= _LEAST_OLD[mode]


@pytest.mark.extended
def test_what_lies_outside_does_not_pass(rows: Sequence[Row]) -> None:
    verdicts = {row.case: row.verdict for row in rows}
    assert outside().keys() <= verdicts.keys()
    assert [case for case in outside() if verdicts[case] == "pass"] == []
    assert all(outside().values())
    assert len(outside()) <= 45, "it is for what no network computes, not for what is hard"


def test_shares_count_what_is_converted_and_right() -> None:
    right = Row("a", "Add", 13, "expressible", "pass", "pass", "pass", "")
    in_one_mode = replace(right, case="b", opset=18, verdict="error", graph="run")
    placeholder = replace(right, case="c", verdict="placeholder", detail="no mapping")
    refused = replace(right, case="d", verdict="refused(1)", pynative="", graph="", detail="old")
    elsewhere = replace(placeholder, case="e", scope="outside")
    table = [right, in_one_mode, placeholder, refused, elsewhere]
    assert shares(table, lambda row: row.counts) == {"pynative": 0.5, "graph": 0.25}
    assert shares(table, lambda row: row.old) == {"pynative": 1 / 3, "graph": 1 / 3}


def test_a_table_is_read_as_it_was_written(tmp_path: Path) -> None:
    passing = Row("a", "Add", 13, "expressible", "pass", "pass", "pass", "")
    failing = replace(passing, case="b", verdict="placeholder", detail='of "b", not a')
    write_table([failing, passing], tmp_path)
    assert read_csv(tmp_path / TABLE.name) == [passing, failing]
    text = (tmp_path / "conformance.md").read_text(encoding="utf-8")
    assert "| expressible | 2 | 50.00% | 50.00% |" in text
    assert "Add 1." in text
