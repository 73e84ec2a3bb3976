# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0

"""The picture of the losses."""

from __future__ import annotations

from xml.etree import ElementTree

from training.plot import Curve, svg

_SVG = "{http://www.w3.org/2000/svg}"


def test_each_network_has_a_panel_with_a_line_and_a_dot_for_each_step() -> None:
    curves = [Curve("A & B", [2.0, 1.0], [2.0, 0.5]), Curve("C", [1.0, 1.0], [1.0, 1.0])]
    root = ElementTree.fromstring(svg(curves, "1 < 2"))
    assert [text.text for text in root.iter(f"{_SVG}text")] == [
        "A & B", "2 to 1", "C", "1 to 1", "1 < 2",
    ]  # fmt: skip
    assert len(list(root.iter(f"{_SVG}circle"))) == 4


def test_a_loss_lies_as_high_as_it_is_large() -> None:
    root = ElementTree.fromstring(svg([Curve("", [4.0, 2.0, 0.0], [4.0, 2.0, 1.0])], ""))
    (line,) = root.iter(f"{_SVG}polyline")
    heights = [float(point.split(",")[1]) for point in line.attrib["points"].split()]
    frame = list(root.iter(f"{_SVG}rect"))[1].attrib
    top, height = float(frame["y"]), float(frame["height"])
    assert heights == [top, top + height / 2, top + height]
    dots = [float(dot.attrib["cy"]) for dot in root.iter(f"{_SVG}circle")]
    assert dots == [*heights[:2], top + height * 3 / 4]
