"""Network converted by MindConverter from ONNX opset 16.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

import mindspore as ms
from mindspore import nn


class Uint16(nn.Cell):
    def __init__(self):
        super().__init__()
        self.c = ms.Tensor(1, ms.uint16)

    def construct(self, x):
        """Shapes: (2, 3) -> (2, 3)."""
        return x <= self.c


MindSporeModel = Uint16
