"""Network converted by MindConverter from ONNX opset 11.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

import mindspore as ms
from mindspore import nn


class Fixed(nn.Cell):
    def __init__(self):
        super().__init__()
        self.r = ms.Tensor([1.0, 1.5, 2.0, 2.5], ms.float32)

    def construct(self, x):
        """Shapes: (4) -> (4)."""
        return x * self.r


MindSporeModel = Fixed
