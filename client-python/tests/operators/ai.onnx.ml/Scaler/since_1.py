"""Network converted by MindConverter from ONNX opset 15.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

import mindspore as ms
from mindspore import nn


class Since1(nn.Cell):
    def __init__(self):
        super().__init__()
        self.offset = ms.Tensor([0.5, 1.0, -2.0], ms.float32)
        self.scale = ms.Tensor([2.0, 0.5, 0.1], ms.float32)

    def construct(self, x, n):
        """Shapes: (2, 3), (2, 3) -> (2, 3), (2, 3)."""
        x = (x - self.offset) * self.scale
        z = (n.astype(ms.float32) - 3.0) * 0.25
        return x, z


MindSporeModel = Since1
