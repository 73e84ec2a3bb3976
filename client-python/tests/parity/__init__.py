# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0

"""Judges converted networks: is the answer the reference's, in PyNative and in GRAPH mode?

`python -m parity.report` writes the table of the corpus, `python -m parity.nodes` that of onnx's
own operator cases. Layers, each using only those before it: `arrays` and `tolerance` (numbers),
`network` and `judge` (one verdict in this process), `worker` (processes that answer jobs and may
die), `conversion` (what is judged), `run` (many of them), and the two commands.
"""
