"""Network converted by MindConverter from ONNX opset 13.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

import mindspore as ms
from mindspore import nn, ops


class Int64Exact(nn.Cell):
    def construct(self, x, z):
        """Shapes: (6), (6) -> (6), (6)."""
        quotient = x // z
        quotient = quotient + (x - quotient * z) // z
        y = quotient + ops.logical_and(quotient < 0, quotient * z != x).astype(ms.int64)
        quotient_1 = x // 3
        quotient_1 = quotient_1 + (x - quotient_1 * 3) // 3
        x = quotient_1 + ops.logical_and(quotient_1 < 0, quotient_1 * 3 != x).astype(ms.int64)
        return y, x


MindSporeModel = Int64Exact
