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
        quotient = x // z
        quotient_1 = quotient + (x - quotient * z) // z
        y = quotient_1 + ops.logical_and(quotient_1 < 0, quotient_1 * z != x).astype(ms.int64)
        quotient_2 = x // 3
        quotient_3 = quotient_2 + (x - quotient_2 * 3) // 3
        x = quotient_3 + ops.logical_and(quotient_3 < 0, quotient_3 * 3 != x).astype(ms.int64)
        return y, x


MindSporeModel = Int64Exact
