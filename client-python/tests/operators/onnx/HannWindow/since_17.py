"""Network converted by MindConverter from ONNX opset 17.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

import mindspore as ms
from mindspore import nn, ops


class Since17(nn.Cell):
    def __init__(self):
        super().__init__()
        self.y = ms.Tensor(
            [
                0.0, 0.11697778, 0.4131759, 0.75, 0.9698463, 0.9698463, 0.75, 0.4131759, 0.11697778,
                0.0,
            ],
            ms.float32,
        )

    def construct(self, n):
        """Shapes: () -> (10), (z.d0)."""
        angle = ops.arange(n, dtype=ms.float32) * (6.2831855 / n)
        z = 0.5 - 0.5 * ops.cos(angle)
        return self.y, z


MindSporeModel = Since17
