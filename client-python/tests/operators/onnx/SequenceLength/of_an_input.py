"""Network converted by MindConverter from ONNX opset 11.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

import mindspore as ms
from mindspore import nn


class OfAnInput(nn.Cell):
    def __init__(self):
        super().__init__()
        self.n = ms.Tensor(5, ms.int64)

    def construct(self, x):
        """Shapes: (5, 2) -> ()."""
        return self.n


MindSporeModel = OfAnInput
