# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0

"""Converts torchvision's ResNet-18 and compares both networks; deploy/quickstart.sh runs it."""

from __future__ import annotations

import importlib
import subprocess
import sys
from pathlib import Path

import numpy as np

NAME = "resnet18"
TOLERANCE = 1e-5
MODES = ("PYNATIVE", "GRAPH")


def main(folder: Path) -> int:
    """Converts, then compares in one process per mode; the exit status tells whether all agree."""
    if not convert(folder):
        print("the network is not complete, and cannot be compared: see its report")
        return 1
    compare_in = [sys.executable, str(Path(__file__).resolve()), str(folder)]
    # MindSpore leaves its traces in the working directory.
    runs = [subprocess.run([*compare_in, mode], cwd=folder, check=False) for mode in MODES]
    return max(run.returncode for run in runs)


def convert(folder: Path) -> bool:
    """Converts a ResNet-18 of random weights, and keeps an input and PyTorch's answer to it.

    Returns whether every operator was converted.
    """
    import torch
    import torchvision

    from mindconverter import pytorch2mindspore

    torch.manual_seed(20)
    model = torchvision.models.resnet18(weights=None).eval()
    # As a new module has them, running statistics are 0 and 1: errors in them would not show.
    for module in model.modules():
        if isinstance(module, torch.nn.BatchNorm2d):
            torch.nn.init.uniform_(module.weight, 0.5, 1.5)
            torch.nn.init.normal_(module.bias, std=0.1)
            module.running_mean.normal_(std=0.1)
            module.running_var.uniform_(0.5, 1.5)
    image = torch.randn(2, 3, 224, 224)

    conversion = pytorch2mindspore(model, image, folder, name=NAME, overwrite=True)
    converted, placeholders = conversion.operators
    print(f"network:     {conversion.script}")
    print(f"checkpoint:  {conversion.checkpoint}")
    print(f"report:      {conversion.report}")
    print(f"weight map:  {conversion.weight_map}")
    print(f"operators:   {converted} converted, {placeholders} placeholders")

    with torch.no_grad():
        answer = model(image)
    np.savez(folder / "reference.npz", image=image.numpy(), answer=answer.numpy())
    return placeholders == 0


def compare(folder: Path, mode: str) -> int:
    """Runs the converted network in that mode; status 1 when it departs from PyTorch."""
    import mindspore as ms

    ms.set_context(mode=getattr(ms, f"{mode}_MODE"))
    ms.set_device("CPU")
    sys.path.insert(0, str(folder))
    network = importlib.import_module(NAME).MindSporeModel()
    parameters = ms.load_checkpoint(str(folder / f"{NAME}.ckpt"))
    missing, left_over = ms.load_param_into_net(network, parameters, strict_load=True)
    if missing or left_over:
        print(f"{mode:9}    the checkpoint lacks {missing}, and has in excess {left_over}")
        return 1
    network.set_train(False)

    reference = np.load(folder / "reference.npz")
    answer = network(ms.Tensor(reference["image"])).asnumpy()
    expected = reference["answer"]
    difference = float(np.abs(answer - expected).max() / np.abs(expected).max())
    verdict = "equal" if difference <= TOLERANCE else "DIFFERENT"
    print(
        f"{mode:9}    largest difference to PyTorch, relative to scale: {difference:.2e} {verdict}"
    )
    return 0 if difference <= TOLERANCE else 1


if __name__ == "__main__":
    arguments = sys.argv[1:]
    work = Path(arguments[0]).resolve()
    sys.exit(main(work) if len(arguments) == 1 else compare(work, arguments[1]))
