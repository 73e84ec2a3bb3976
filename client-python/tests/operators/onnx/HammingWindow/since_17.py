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
                0.08695652, 0.19376232, 0.4642041, 0.7717391, 0.9724684, 0.9724684, 0.7717391,
                0.4642041, 0.19376232, 0.08695652,
            ],
            ms.float32,
        )

    def construct(self, n):
        """Shapes: () -> (10), (z.d0)."""
        angle = ops.arange(n, dtype=ms.float32) * (6.2831855 / n)
        z = 0.54347825 - 0.45652175 * ops.cos(angle)
        return self.y, z


MindSporeModel = Since17
