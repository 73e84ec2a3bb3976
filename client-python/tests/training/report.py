# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0

"""Trains all networks on both sides and writes client-python/training.md and training.svg.

    python -m training.report                      all of them, then both files
    python -m training.report --network hf_bert    a part: printed, and written only to --output

Run it in client-python/tests with the package installed. The files are the same for the same
results but for the date.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from datetime import date
from importlib.metadata import version
from pathlib import Path

from training.networks import NETWORKS
from training.plot import Curve, svg
from training.record import MODES, STEPS
from training.run import Result, run
from training.verdict import GRADIENT, LOSS, NO_GRADIENT, judge_dropping

_FOLDER = Path(__file__).resolve().parents[2]
_TABLE = "training.md"
_PLOT = "training.svg"
_PACKAGES = ("torch", "mindspore", "torchvision", "timm", "transformers")
_NAMES = {"pynative": "PyNative", "graph": "GRAPH"}


def faults(result: Result) -> list[str]:
    """All that is wrong with a network."""
    found = [result.fault] if result.fault else []
    for mode, verdict in result.verdicts.items():
        found += [f"{_NAMES[mode]}: {fault}" for fault in verdict.faults]
    if result.reference and result.dropping:
        found += result.reference.lost + judge_dropping(result.reference, result.dropping)
    return found


def page(results: Sequence[Result]) -> str:
    """The table, with what its figures mean."""
    packages = ", ".join(f"{name} {version(name)}" for name in _PACKAGES)
    right = sum(not faults(result) for result in results)
    lines = [_row(result) for result in results]
    wrong = [f"- {result.network.title}: {f}" for result in results for f in faults(result)]
    return f"""# Training, in PyTorch and converted

Written by `python -m training.report` in `client-python/tests`.
Date: {date.today().isoformat()}. On the CPU, with {packages}.

{right} of {len(results)} networks train as in PyTorch. Each has random weights and is converted by
`pytorch2mindspore`, then both make the same {STEPS} steps of gradient descent on the same data, in
training mode and with the rates of dropout set to 0.

- Trained: how many parameters MindSpore trains. They are those that PyTorch trains, by the weight
  map; running statistics and other buffers are not.
- Gradient: the largest difference of a gradient in the first step, over what it may be, which is
  {GRADIENT:g} of that tensor's largest, or {NO_GRADIENT:g} of the largest of all. Below 1 is right.
- Loss: the largest relative difference in {STEPS} steps. It may be {LOSS:g}.
- Statistics: how far running means and variances are from PyTorch's after the first step, of their
  largest value.
- Dropped: what the network drops in training as it is converted, as rates with the number of masks
  of that rate. The masks and their sizes are PyTorch's, the share of zeros is the rate's, and in
  evaluation nothing is dropped.

| network | trained | gradient, PyNative | GRAPH | loss, PyNative | GRAPH | statistics | dropped |
|---|---|---|---|---|---|---|---|
{chr(10).join(lines)}

{chr(10).join(wrong) or "Nothing is wrong."}

![Loss curves of all networks]({_PLOT})
"""


def _row(result: Result) -> str:
    verdicts = [result.verdicts.get(mode) for mode in MODES]
    trained = {str(v.parameters) for v in verdicts if v}
    gradients = [f"{v.gradient:.2g}" if v else "" for v in verdicts]
    losses = [f"{v.loss:.1g}" if v else "" for v in verdicts]
    statistics = max((v.statistics for v in verdicts if v), default=0.0)
    cells = [
        result.network.title,
        "/".join(sorted(trained)),
        *gradients,
        *losses,
        f"{statistics:.1g}" if statistics else "",
        _dropped(result),
    ]
    return f"| {' | '.join(cells)} |"


def _dropped(result: Result) -> str:
    masks = [rate for rate, _ in result.dropping.masks] if result.dropping else []
    return ", ".join(f"{rate:g} ({masks.count(rate)})" for rate in sorted(set(masks)))


def curves(results: Sequence[Result]) -> list[Curve]:
    """The losses of all networks that were trained in GRAPH mode."""
    return [
        Curve(result.network.title, result.reference.losses, result.trainings["graph"].losses)
        for result in results
        if result.reference and len(result.trainings["graph"].losses) == STEPS
    ]


def write(results: Sequence[Result], folder: Path) -> None:
    """Writes both files."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / _TABLE).write_text(page(results), encoding="utf-8")
    about = (
        f"{STEPS} steps, from 0 to the largest loss: PyTorch as a line, MindSpore (GRAPH) as dots"
    )
    (folder / _PLOT).write_text(svg(curves(results), about), encoding="utf-8")


def main() -> int:
    """Trains what is selected; status 1 where anything came out wrong."""
    parser = argparse.ArgumentParser(
        prog="python -m training.report",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--network", action="append", choices=NETWORKS, metavar="NAME")
    parser.add_argument("--output", type=Path, help="where the files go")
    arguments = parser.parse_args()
    chosen = [NETWORKS[name] for name in arguments.network or NETWORKS]
    results = []
    with tempfile.TemporaryDirectory() as work:
        for result in run(chosen, Path(work)):
            results.append(result)
            print(_row(result), *faults(result), sep="\n  ", flush=True)
    output = arguments.output or (_FOLDER if len(chosen) == len(NETWORKS) else None)
    if output:
        write(results, output)
    return 1 if any(map(faults, results)) else 0


if __name__ == "__main__":
    sys.exit(main())
