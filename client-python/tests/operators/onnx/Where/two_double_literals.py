"""Network converted by MindConverter from ONNX opset 16.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

import mindspore as ms
from mindspore import nn, ops


class TwoDoubleLiterals(nn.Cell):
    def __init__(self):
        super().__init__()
        self.q = ms.Tensor(1.5, ms.float64)

    def construct(self, c):
        """Shapes: (2, 3) -> (2, 3)."""
        return ops.where(c, 0.0, self.q)


MindSporeModel = TwoDoubleLiterals
