"""Network converted by MindConverter from ONNX opset 16.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

import mindspore as ms
from mindspore import nn, ops


class TwoLiteralsOfMoreRank(nn.Cell):
    def __init__(self):
        super().__init__()
        self.p = ms.Tensor([[0.0]], ms.float32)
        self.q = ms.Tensor([[1.5]], ms.float32)

    def construct(self, c):
        """Shapes: (3) -> (1, 3)."""
        return ops.where(c, self.p, self.q)


MindSporeModel = TwoLiteralsOfMoreRank
