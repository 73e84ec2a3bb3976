"""Network converted by MindConverter from ONNX opset 13.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

import mindspore as ms
from mindspore import nn, ops


class AllOutOfOrder(nn.Cell):
    def __init__(self):
        super().__init__()
        self.i = ms.Tensor([[0, 0], [0, 2], [0, 1], [1, 0], [1, 1], [1, 2]], ms.int64)

    def construct(self, x):
        """Shapes: (2, 3) -> (6)."""
        return ops.gather_nd(x, self.i)


MindSporeModel = AllOutOfOrder
