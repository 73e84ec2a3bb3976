# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0

"""Mistakes that a mapping could make, planted into what the daemon writes for operator cases.

Whatever a mapping gets wrong shows in the script. So one expression of a right script is replaced
by what the mistake would have written, and the judge must call the case wrong.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from parity.conversion import Outcome, onnx_file

CONVERTER = "parity.mistakes:answer"


@dataclass(frozen=True)
class Mistake:
    """A case, what is wrong about it, and the expression that says so in place of the right one."""

    case: str
    what: str
    written: str
    planted: str

    def __str__(self) -> str:
        return f"{self.case.removeprefix('test_')}: {self.what}"


MISTAKES = (
    Mistake("test_sub", "swapped operands", "x - y", "y - x"),
    Mistake("test_pow", "swapped base and exponent", "x ** y", "y ** x"),
    Mistake("test_less", "the other order", "x < y", "x > y"),
    Mistake("test_where_example", "swapped branches", "(condition, x, y)", "(condition, y, x)"),
    Mistake("test_softmax_axis_1", "another axis", "(x, 1)", "(x, 2)"),
    Mistake("test_logsoftmax_axis_1", "the last axis for a default", "(x, 1)", "(x, -1)"),
    Mistake("test_concat_2d_axis_1", "the first axis", "value1), 1)", "value1), 0)"),
    Mistake("test_transpose_all_permutations_1", "axes in another order", "(0, 2, 1)", "(1, 0, 2)"),
    Mistake("test_argmax_keepdims_example", "lost keepdims", "keepdim=True", "keepdim=False"),
    Mistake("test_argmax_keepdims_example", "another dtype", ", keepdim=True)", ", True).int()"),
    Mistake("test_reduce_mean_keepdims_example", "lost keepdims", "(True)", "(False)"),
    Mistake("test_reduce_sum_keepdims_example", "lost axes", "(data, axes)", "(data, (0, 1, 2))"),
    Mistake("test_reduce_sum_keepdims_example", "a mean", "ops.ReduceSum", "ops.ReduceMean"),
    Mistake("test_gather_1", "another axis of gathering", "indices_1, 1)", "indices_1, 0)"),
    Mistake("test_gather_elements_1", "another axis", "(data, 0, ", "(data, 1, "),
    Mistake("test_scatter_elements_with_axis", "another axis", "updates, 1)", "updates, 0)"),
    Mistake("test_onehot_with_axis", "swapped on and off", "[1]", "[0]"),
    Mistake("test_layer_normalization_2d_axis1", "epsilon times 10000", "1e-05", "1e-01"),
    Mistake("test_layer_normalization_2d_axis1", "lost bias", " * W + B", " * W"),
    Mistake("test_instancenorm_epsilon", "statistics of the batch", "x, (2, 3)", "x, (0, 2, 3)"),
    Mistake("test_batchnorm_epsilon", "lost epsilon", "var + 0.01", "var + 1e-05"),
    Mistake("test_batchnorm_epsilon", "swapped mean and bias", "x - mean", "x - bias"),
    Mistake("test_basic_conv_with_padding", "another stride", "stride=1", "stride=2"),
    Mistake(
        "test_basic_conv_with_padding",
        "all of the padding behind",
        "(1, 1), (1, 1)",
        "(0, 2), (0, 2)",
    ),
    Mistake(
        "test_gemm_all_attributes",
        "swapped alpha and beta",
        "* 0.25 + c * 0.35",
        "* 0.35 + c * 0.25",
    ),
    Mistake("test_gemm_all_attributes", "lost beta", " * 0.35", ""),
    Mistake("test_leakyrelu", "the default slope", ", 0.1)", ", 0.01)"),
    Mistake("test_elu", "lost alpha", "2.0 * ops.elu", "ops.elu"),
    Mistake("test_hardsigmoid", "the default offset", "+ 0.6", "+ 0.5"),
    Mistake("test_clip", "the lower bound for both", "min_, max_)\n", "min_)\n"),
    Mistake("test_thresholdedrelu", "the default alpha", "(x, 2.0, ", "(x, 1.0, "),
    Mistake("test_triu", "a diagonal too many", "(x)", "(x, 1)"),
    Mistake("test_averagepool_2d_ceil", "lost ceil_mode", ", ceil_mode=True", ""),
    Mistake(
        "test_averagepool_2d_pads", "padding that counts", " / ops.avg_pool2d(inside, 3, 1)", ""
    ),
    Mistake(
        "test_depthtospace_crd_mode_example",
        "the other order of depth",
        "x, 2)",
        "x.flip((1,)), 2)",
    ),
    Mistake("test_gridsample_zeros_padding", "another padding", '"zeros"', '"border"'),
    Mistake("test_gridsample_zeros_padding", "aligned corners", "=False", "=True"),
    Mistake(
        "test_attention_4d_causal",
        "a mask that hides itself",
        "keys <= queries",
        "keys < queries + 2",
    ),
    Mistake("test_attention_4d_causal", "a softmax over the queries", "_1, -1)", "_1, -2)"),
    Mistake("test_attention_4d_causal", "lost scale", " * 0.35355338", ""),
    Mistake("test_nllloss_NC", "a mean for each loss", '"none"', '"mean"'),
)


def answer(job: dict[str, Any]) -> dict[str, Any]:
    """The worker's entry point: a case's job, with `written` and `planted`."""
    outcome = Outcome(**onnx_file(job))
    if outcome.script:
        script = Path(outcome.script)
        text = script.read_text(encoding="utf-8")
        count = text.count(job["written"])
        if count == 1:
            script.write_text(text.replace(job["written"], job["planted"]), encoding="utf-8")
        else:
            outcome.fault = "no place"
            outcome.message = f"the script holds it {count} times: {job['written']}"
    return asdict(outcome)
