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
                -1.3877788e-17, 0.050869633, 0.2580005, 0.63, 0.95112985, 0.95112985, 0.63,
                0.2580005, 0.050869633, -1.3877788e-17,
            ],
            ms.float32,
        )

    def construct(self, n):
        """Shapes: () -> (10), (z.d0)."""
        angle = ops.arange(n, dtype=ms.float32) * (6.2831855 / n)
        z = 0.42 - 0.5 * ops.cos(angle) + 0.08 * ops.cos(2 * angle)
        return self.y, z


MindSporeModel = Since17
