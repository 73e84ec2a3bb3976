"""Network converted by MindConverter from ONNX opset 7.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

import mindspore as ms
from mindspore import nn


class OfOpset7(nn.Cell):
    def __init__(self):
        super().__init__()
        self.c = ms.Tensor([1.0, -2.0, 0.5], ms.float32)

    def construct(self, x):
        """Shapes: (N, 3) -> (N, 3)."""
        return x + self.c


MindSporeModel = OfOpset7
