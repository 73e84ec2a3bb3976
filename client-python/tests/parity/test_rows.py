# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0

"""The table says what happened, in the same words and order every time."""

from __future__ import annotations

from pathlib import Path

from parity.conversion import Outcome
from parity.rows import Row, row_of, write_csv, write_markdown
from parity.run import Result
from parity.selection import Way, all_ways, small_ways
from parity.verdict import Verdict

_RIGHT = {
    "pynative": Verdict("done", "", 3.4e-7, 0.2),
    "graph": Verdict("done", "", 1e-7, 1.2),
    "strict": Verdict("run", "TypeError: no", None, 1.0),
}
_WAY = Way("hand_vae", "api", "dynamo")


def _row(way: Way, outcome: Outcome, verdicts: dict[str, Verdict] | None = None) -> Row:
    return row_of(way, Result(str(way), outcome, verdicts or {}))


def _rows() -> list[Row]:
    built = Verdict("done")
    off = {"pynative": Verdict("compare", "FaultyNetworkError: off", 0.5)}
    died = {"pynative": built, "graph": Verdict("crash", "exit status -6: gone")}
    missing = Outcome(converted=3, placeholders=2, missing=["onnx::A", "onnx::B"])
    return [
        _row(Way("tv_alexnet", "file", "legacy"), Outcome(converted=4), off),
        _row(_WAY, Outcome(converted=21, seconds=1.1), _RIGHT),
        _row(Way("hand_vae", "api", "legacy"), missing, {"pynative": built, "graph": built}),
        _row(Way("hand_vae", "file", "dynamo"), Outcome(fault="not exported", message="refuses")),
        _row(Way("hand_vae", "file", "legacy"), Outcome(converted=4), died),
    ]


def test_a_row_tells_each_mode_and_the_largest_difference() -> None:
    row = _rows()[1]
    assert (row.verdict, row.pynative, row.graph, row.strict) == ("right", "right", "right", "run")
    assert (row.family, row.converted, row.difference, row.seconds) == ("vae", 21, "3e-07", 4)


def test_a_row_tells_what_to_mend() -> None:
    told = {f"{row.name} {row.way}": (row.verdict, row.cause) for row in _rows()}
    assert told["tv_alexnet file legacy"] == ("wrong", "pynative compare")
    assert told["hand_vae api legacy"] == ("placeholder", "onnx::A; onnx::B")
    assert told["hand_vae file dynamo"] == ("refused", "not exported")
    assert told["hand_vae file legacy"] == ("broken", "graph crash: exit status -6")


def test_the_files_do_not_depend_on_the_order_of_the_results(tmp_path: Path) -> None:
    written = []
    for number, rows in enumerate((_rows(), _rows()[::-1])):
        files = tmp_path / f"{number}.csv", tmp_path / f"{number}.md"
        write_csv(rows, files[0])
        write_markdown(rows, "# Heading", files[1])
        written.append(tuple(file.read_text(encoding="utf-8") for file in files))
    assert written[0] == written[1]
    table, text = written[0]
    assert table.splitlines()[1].startswith("hand_vae,vae,api,dynamo,right,21,0,right,right,run,")
    assert "| api dynamo | 1 | 1 | 0 | 0 | 0 | 0 | 0 |" in text
    assert "| hand_vae | right 3e-07, not strict | placeholder: onnx::A; onnx::B | " in text
    assert "- wrong: pynative compare (1): tv_alexnet" in text


def test_every_way_has_a_name_of_its_own() -> None:
    ways = all_ways()
    assert len({str(way) for way in ways}) == len(ways)
    assert set(small_ways()) <= set(ways)
