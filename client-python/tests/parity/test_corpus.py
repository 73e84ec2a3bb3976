# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0

"""Whole models, converted and judged in PyNative, GRAPH and strict GRAPH mode."""

from __future__ import annotations

import csv
from collections.abc import Mapping

import pytest
from corpus import ENTRIES

from parity.report import judged, write_table
from parity.rows import TABLE, row_of
from parity.run import Journal, Result
from parity.selected import selected
from parity.selection import SMALL, Way, all_ways, small_ways

_SMALL_WAYS = small_ways()
_OTHER_WAYS = [way for way in all_ways() if way not in _SMALL_WAYS]


@pytest.fixture(scope="session")
def results(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Mapping[str, Result]:
    """The results of the ways that are selected, all of them from one run.

    A run of all of them leaves its table in client-python/target.
    """
    chosen = selected(request.session, "way")
    work = tmp_path_factory.mktemp("corpus")
    ways = [way for way in all_ways() if str(way) in chosen]
    found = list(judged(ways, Journal(work / "journal.jsonl"), work))
    if len(ways) == len(all_ways()):
        write_table([row_of(way, result) for way, result in found], TABLE.parent / "target")
    return {str(way): result for way, result in found}


@pytest.mark.parametrize("way", _SMALL_WAYS, ids=str)
def test_a_small_model_is_right(way: Way, results: Mapping[str, Result]) -> None:
    result = results[str(way)]
    assert result.kind == "right", str(result)
    assert result.verdicts["strict"].passed, str(result)
    assert result.outcome.names == []


@pytest.mark.extended
@pytest.mark.parametrize("way", _OTHER_WAYS, ids=str)
def test_a_model_is_right_or_says_that_it_is_not(way: Way, results: Mapping[str, Result]) -> None:
    result = results[str(way)]
    assert result.kind not in ("wrong", "broken"), str(result)
    if _stored_verdicts().get(str(way)) == "right":
        assert result.kind == "right", f"it was right in {TABLE.name}: {result}"


def test_the_small_models_are_of_every_kind() -> None:
    assert len(SMALL) >= 40
    assert {ENTRIES[name].kind for name in SMALL} == {"hand", "torchvision", "timm", "transformers"}
    assert not any(ENTRIES[name].big for name in SMALL)


def _stored_verdicts() -> Mapping[str, str]:
    with TABLE.open(encoding="utf-8", newline="") as rows:
        return {
            f"{row['name']}-{row['route']}-{row['exporter']}": row["verdict"]
            for row in csv.DictReader(rows)
        }
