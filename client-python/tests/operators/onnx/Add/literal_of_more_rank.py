"""Network converted by MindConverter from ONNX opset 14.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

import mindspore as ms
from mindspore import nn


class LiteralOfMoreRank(nn.Cell):
    def __init__(self):
        super().__init__()
        self.c = ms.Tensor([[2.0]], ms.float32)

    def construct(self, x):
        """Shapes: (3) -> (1, 3)."""
        return x + self.c


MindSporeModel = LiteralOfMoreRank
