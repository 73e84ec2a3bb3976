# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0

"""Trains networks in PyTorch, and what they become in MindSpore: is it the same training?

`python -m training.report` writes the table. Layers, each using only those before it: `models` and
`networks` (what is trained), `layers` (single layers), `record` (what the sides are asked and
answer), `reference` (PyTorch), `trainer` and `dropper` (MindSpore; each side in processes of its
own), `verdict` (the comparison), `run` (all of it), and the command.
"""
