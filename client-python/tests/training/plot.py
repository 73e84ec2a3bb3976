# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0

"""Draws loss curves, one small panel for each network, as an SVG."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

_COLUMNS = 5
_WIDTH, _HEIGHT = 176, 132
_LEFT, _TOP, _RIGHT, _BOTTOM = 12, 26, 12, 22
_LINE, _DOT, _TEXT, _FRAME = "#888888", "#c0392b", "#333333", "#dddddd"
_LEGEND = 24


@dataclass(frozen=True)
class Curve:
    """The losses of one network, as PyTorch has them and as MindSpore has them."""

    title: str
    wanted: Sequence[float]
    got: Sequence[float]


def svg(curves: Sequence[Curve], about: str) -> str:
    """The picture: PyTorch's losses as lines, MindSpore's as dots, from 0 to the largest."""
    rows = -(-len(curves) // _COLUMNS)
    width, height = _COLUMNS * _WIDTH, rows * _HEIGHT + _LEGEND
    panels = [
        f'<g transform="translate({i % _COLUMNS * _WIDTH},{i // _COLUMNS * _HEIGHT})">'
        f"{_panel(curve)}</g>"
        for i, curve in enumerate(curves)
    ]
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
            f'font-family="sans-serif" font-size="11" fill="{_TEXT}">',
            f'<rect width="{width}" height="{height}" fill="white"/>',
            *panels,
            f'<text x="{_LEFT}" y="{height - 8}">{escape(about)}</text>',
            "</svg>\n",
        ]
    )


def _panel(curve: Curve) -> str:
    largest = max(*curve.wanted, *curve.got)
    line = " ".join(_place(curve.wanted, i, largest) for i in range(len(curve.wanted)))
    dots = "".join(
        f'<circle cx="{x}" cy="{y}" r="2" fill="{_DOT}"/>'
        for x, y in (_place(curve.got, i, largest).split(",") for i in range(len(curve.got)))
    )
    first, last = curve.wanted[0], curve.wanted[-1]
    inner = _WIDTH - _LEFT - _RIGHT, _HEIGHT - _TOP - _BOTTOM
    return (
        f'<text x="{_LEFT}" y="18" font-weight="bold">{escape(curve.title)}</text>'
        f'<rect x="{_LEFT}" y="{_TOP}" width="{inner[0]}" height="{inner[1]}" fill="none" '
        f'stroke="{_FRAME}"/>'
        f'<polyline points="{line}" fill="none" stroke="{_LINE}" stroke-width="1.5"/>{dots}'
        f'<text x="{_LEFT}" y="{_HEIGHT - 8}">{first:.3g} to {last:.3g}</text>'
    )


def _place(values: Sequence[float], i: int, largest: float) -> str:
    x = _LEFT + (_WIDTH - _LEFT - _RIGHT) * i / (len(values) - 1)
    y = _TOP + (_HEIGHT - _TOP - _BOTTOM) * (1 - values[i] / largest)
    return f"{x:.1f},{y:.1f}"
