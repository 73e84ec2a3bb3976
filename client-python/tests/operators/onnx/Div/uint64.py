"""Network converted by MindConverter from ONNX opset 13.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

import mindspore as ms
from mindspore import nn


class Uint64(nn.Cell):
    def construct(self, x, z):
        """Shapes: (3), (3) -> (3)."""
        x_1 = x.astype(ms.int64)
        y = z.astype(ms.int64)
        quotient = (x // z).astype(ms.int64)
        quotient = quotient + (x_1 - quotient * y) // y
        return quotient.astype(ms.uint64)


MindSporeModel = Uint64
