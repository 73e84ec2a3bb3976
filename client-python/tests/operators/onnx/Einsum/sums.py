"""Network converted by MindConverter from ONNX opset 12.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

import mindspore as ms
from mindspore import nn


class Sums(nn.Cell):
    def construct(self, x):
        """Shapes: (N, 2, 3) -> (2)."""
        return x.sum((0, 2)).astype(ms.int32)


MindSporeModel = Sums
