"""Network converted by MindConverter from ONNX opset 11.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

import mindspore as ms
from mindspore import nn, ops


class NearestOfOpset11(nn.Cell):
    def __init__(self):
        super().__init__()
        self.positions = ms.Tensor([0, 0, 1, 2, 2, 3, 4, 4], ms.int64)
        self.positions_1 = ms.Tensor([0, 1, 1, 2, 3, 3, 4, 5, 5], ms.int64)

    def construct(self, x):
        """Shapes: (1, 2, 5, 6) -> (1, 2, 8, 9)."""
        resized = ops.gather(x, self.positions, 2)
        return ops.gather(resized, self.positions_1, 3)


MindSporeModel = NearestOfOpset11
