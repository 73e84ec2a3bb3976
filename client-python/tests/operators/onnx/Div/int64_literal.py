"""Network converted by MindConverter from ONNX opset 14.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

import mindspore as ms
from mindspore import nn, ops


class Int64Literal(nn.Cell):
    def construct(self, x):
        """Shapes: (7) -> (7)."""
        quotient = x // 2
        quotient = quotient + (x - quotient * 2) // 2
        return quotient + ops.logical_and(quotient < 0, quotient * 2 != x).astype(ms.int64)


MindSporeModel = Int64Literal
