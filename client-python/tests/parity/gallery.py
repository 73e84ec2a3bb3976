# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0

"""Writes client-python/gallery: what some networks become, as documentation.

    python -m parity.gallery

Run it in client-python/tests with the package installed. The same versions give the same files.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from corpus import ENTRIES
from corpus.making import make
from corpus.transformers_builders import Positional

FOLDER = Path(__file__).resolve().parents[2] / "gallery"

# What a reader knows each network as, by the corpus' name for it.
NETWORKS = {
    "tv_resnet18": "ResNet-18 (torchvision)",
    "tv_mobilenet_v3_small": "MobileNetV3-Small (torchvision)",
    "tv_vit_small_cfg": "a small Vision Transformer (torchvision)",
    "hf_bert": "a tiny BERT (transformers)",
    "hand_lstm_classifier": "an LSTM classifier",
    "hand_unet": "a U-Net",
}

_HEADING = """# Gallery

What `pytorch2mindspore` writes, file by file, as it is. Written by `python -m parity.gallery` in
`client-python/tests`; every build converts the networks again and compares. The models are those of
the test corpus, with small sizes where the published ones are large.

| file | network | classes | lines |
|---|---|--:|--:|
"""


def scripts() -> Iterator[tuple[str, str]]:
    """Each network's corpus name and generated script."""
    import mindconverter

    with tempfile.TemporaryDirectory(prefix="mindconverter-gallery-") as work:
        for entry in NETWORKS:
            model, inputs = _as_published(make(ENTRIES[entry]))
            done = mindconverter.pytorch2mindspore(
                model, inputs, str(Path(work) / entry), name=stem(entry)
            )
            yield entry, Path(done.script).read_text(encoding="utf-8")


def _as_published(made: Any) -> tuple[Any, Any]:
    """The model and its dummy inputs, without what the corpus wraps around some."""
    wrapped = isinstance(made.model, Positional)
    return (
        (made.model.model, made.model.keywords(made.arguments))
        if wrapped
        else (made.model, made.arguments)
    )


def stem(entry: str) -> str:
    """The file's name without its ending: the entry's without its collection."""
    return entry.partition("_")[2]


def main() -> None:
    """Writes the scripts and their list."""
    FOLDER.mkdir(exist_ok=True)
    rows = []
    for entry, script in scripts():
        (FOLDER / f"{stem(entry)}.py").write_text(script, encoding="utf-8")
        classes, lines = script.count("\nclass "), script.count("\n")
        rows.append(
            f"| [{stem(entry)}.py]({stem(entry)}.py) | {NETWORKS[entry]} | {classes} | {lines} |\n"
        )
    (FOLDER / "README.md").write_text(_HEADING + "".join(rows), encoding="utf-8")


if __name__ == "__main__":
    main()
