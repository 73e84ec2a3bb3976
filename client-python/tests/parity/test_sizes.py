# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0

"""Models with open sizes, each script judged at three: as Python, and compiled with and without."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from parity.run import Result, run
from parity.selected import selected
from parity.sizes import CONVERTER, EVERY_BUILD, MODES, Way, ways
from parity.worker import Limits

_LIMITS = Limits(job_seconds=240.0)
_OTHERS = [way for way in ways() if way not in EVERY_BUILD]


@pytest.fixture(scope="session")
def results(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Mapping[str, Result]:
    """The results of the ways that are selected, all of them from one run."""
    chosen = selected(request.session, "way")
    work = tmp_path_factory.mktemp("sizes")
    tasks = [way.task(work) for way in ways() if str(way) in chosen]
    return {result.name: result for result in run(tasks, CONVERTER, work, _LIMITS)}


@pytest.mark.parametrize("way", EVERY_BUILD, ids=str)
def test_a_script_is_right_at_three_sizes(way: Way, results: Mapping[str, Result]) -> None:
    _judge(results[str(way)])


@pytest.mark.extended
@pytest.mark.parametrize("way", _OTHERS, ids=str)
def test_another_script_is_right_at_three_sizes(way: Way, results: Mapping[str, Result]) -> None:
    _judge(results[str(way)])


def _judge(result: Result) -> None:
    assert result.kind == "right", str(result)
    assert len(result.outcome.trials) == 3
    for mode in MODES:
        assert result.verdicts[mode].passed, str(result)
