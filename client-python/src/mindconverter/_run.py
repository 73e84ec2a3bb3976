# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0

"""Runs one conversion: sends a job, takes the answer, puts the files at their places."""

from __future__ import annotations

import contextlib
import time

from mindconverter._answer import Answer
from mindconverter._conversion import Conversion, Finding, OperatorCounts
from mindconverter._outputs import Outputs
from mindconverter._progress import Progress, ProgressListener
from mindconverter._rpc import channel, wire
from mindconverter._rpc.endpoint import Endpoint
from mindconverter._rpc.upload import Job

_SEVERITIES = {
    wire.SEVERITY_INSERTED: "inserted",
    wire.SEVERITY_CONVERTED: "converted",
    wire.SEVERITY_UNCONVERTED: "unconverted",
}


def run(job: Job, outputs: Outputs, endpoint: Endpoint, listener: ProgressListener) -> Conversion:
    """Converts. When that fails, the outputs have been discarded."""
    started = time.monotonic()
    try:
        answer = Answer(outputs, endpoint, listener)
        answer.entries.extend(job.notes)
        frames = job.frames(lambda done, total: listener(Progress("sending", done, total)))
        with contextlib.closing(channel.convert(endpoint, frames)) as responses:
            for frame in responses:
                answer.take(frame)
        summary = answer.finish(job.spec.name)
        outputs.commit()
    finally:
        outputs.discard()
    return _conversion(answer, outputs, summary, time.monotonic() - started)


def _conversion(
    answer: Answer, outputs: Outputs, summary: wire.ConversionSummary, seconds: float
) -> Conversion:
    findings = sorted(answer.entries, key=lambda e: (e.line, e.column))
    return Conversion(
        script=outputs.script,
        checkpoint=outputs.checkpoint if answer.has_checkpoint else None,
        report=outputs.report,
        weight_map=outputs.weight_map,
        operator_counts=outputs.operators,
        class_name=summary.class_name,
        operators=OperatorCounts(summary.converted_operators, summary.placeholder_operators),
        findings=tuple(
            Finding(
                _SEVERITIES.get(e.severity, "warning"),
                e.code,
                e.message,
                e.node,
                e.operator,
                e.line,
                e.column,
            )
            for e in findings
        ),
        weights=summary.weights,
        seconds=seconds,
    )
