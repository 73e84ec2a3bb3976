"""Network converted by MindConverter from ONNX opset 11.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

import mindspore as ms
from mindspore import nn, ops


class Since11(nn.Cell):
    def __init__(self):
        super().__init__()
        self.c = ms.Tensor([1, 2, 3, 7], ms.uint8)

    def construct(self, x):
        """Shapes: (4) -> (4)."""
        return ops.bitwise_left_shift(x, self.c)


MindSporeModel = Since11
