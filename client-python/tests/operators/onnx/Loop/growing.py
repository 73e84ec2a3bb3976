"""Network converted by MindConverter from ONNX opset 13.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

import mindspore as ms
from mindspore import nn, ops


class Growing(nn.Cell):
    def construct(self, n, x, shift):
        """Shapes: (), (1, 2), (2) -> (y.d0, 2), (2)."""
        y = x[:ms.mutable(1)]
        for _ in range(int(n)):
            moved = y + shift
            y = ops.cat((y, moved), 0)
        return y, shift


MindSporeModel = Growing
