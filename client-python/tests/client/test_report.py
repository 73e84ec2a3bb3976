# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0
"""The report's lines, the weight map and the operator counts."""

from __future__ import annotations

import csv
import io
import json

import pytest

from mindconverter import _report
from mindconverter._rpc import wire


def entry(severity: int, message: str, line: int = 0, column: int = 0) -> wire.ReportEntry:
    return wire.ReportEntry(severity, "X", message, "n", "onnx::X", "m.py", line, column)


def test_findings_stand_in_the_order_of_the_scripts_lines() -> None:
    entries = [
        entry(wire.SEVERITY_UNCONVERTED, "'onnx::Foo' didn't convert.", 40, 15),
        entry(wire.SEVERITY_CONVERTED, "second", 12, 23),
        entry(wire.SEVERITY_CONVERTED, "first", 12, 4),
        entry(wire.SEVERITY_WARNING, "placed", 44, 8),
        entry(wire.SEVERITY_INSERTED, "'import x' is inserted to the converted file.", 3),
        entry(wire.SEVERITY_WARNING, "about the whole"),
    ]
    summary = wire.ConversionSummary(2, 1)
    assert _report.report(entries, summary).splitlines() == [
        "[Start Convert]",
        "[Warning] about the whole",
        "[Insert] 'import x' is inserted to the converted file.",
        "line 12:4: [Convert] first",
        "line 12:23: [Convert] second",
        "line 40:15: [UnConvert] 'onnx::Foo' didn't convert.",
        "line 44:8: [Warning] placed",
        "[Convert Over]",
        "Converted Rate: 66.66%.",
    ]


@pytest.mark.parametrize(
    ("converted", "placeholders", "rate"),
    [
        (0, 0, "100.00%"),
        (5, 0, "100.00%"),
        (0, 3, "0.00%"),
        (99_999, 1, "99.99%"),
        (1, 7, "12.50%"),
    ],
)
def test_the_rate_is_not_rounded_up(converted: int, placeholders: int, rate: str) -> None:
    assert _report.rate_of(converted, placeholders) == rate


def test_text_from_a_model_cannot_break_a_line() -> None:
    line = _report.finding_line(
        entry(wire.SEVERITY_WARNING, "a\n[Convert Over]\r\x1b[2J\u202e\u2028")
    )
    assert line == "[Warning] a\\n[Convert Over]\\r\\x1b[2J\\u202e\\u2028"


def test_a_line_has_five_hundred_characters_at_most() -> None:
    line = _report.finding_line(entry(wire.SEVERITY_CONVERTED, "x" * 3000, 123, 45))
    assert len(line) == 500
    assert line.startswith("line 123:45: [Convert] xxx")
    assert line.endswith("...")


def tensor(name: str, *shape: int, kind: str = "float32") -> wire.WeightTensor:
    return wire.WeightTensor(name, shape, kind)


def test_the_weight_map_says_what_became_of_each_weight() -> None:
    a, b = tensor("a", 2), tensor("b", 3)
    rows = [
        wire.WeightMapping((tensor("x", 2, kind="Float32"),), (a,)),
        wire.WeightMapping((), (b,), reason="never read by forward"),
        wire.WeightMapping((), (tensor("c"),), alias_of="a"),
        wire.WeightMapping((a, b), (tensor("ab", 5),), transform="split(0)"),
        wire.WeightMapping((tensor('q"\u2028', 0),), (), reason="made by the script"),
    ]
    parsed = json.loads(_report.weight_map("net", rows))
    assert list(parsed) == ["net"]
    one, dropped, tied, split, made = parsed["net"]
    assert one == {
        "converted_weight": {"name": "x", "shape": [2], "data_type": "Float32"},
        "source_weight": {"name": "a", "shape": [2], "data_type": "float32"},
    }
    assert (dropped["converted_weight"], dropped["reason"]) == (None, "never read by forward")
    assert tied["alias_of"] == "a"
    assert [w["name"] for w in split["converted_weight"]] == ["a", "b"]
    assert split["transform"] == "split(0)"
    assert made["converted_weight"]["name"] == 'q"\u2028'


def test_operator_names_are_quoted_where_they_must_be() -> None:
    counts = [
        wire.OperatorCount('my,do"main::Op\n', 3, 1, 2),
        wire.OperatorCount("onnx::Add", 1, 1),
    ]
    rows = list(csv.DictReader(io.StringIO(_report.operator_counts(counts))))
    assert rows[0] == {
        "operator_name": 'my,do"main::Op\\n',
        "count": "3",
        "converted": "1",
        "placeholders": "2",
    }
    assert rows[1]["operator_name"] == "onnx::Add"
