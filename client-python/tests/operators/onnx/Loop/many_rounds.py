"""Network converted by MindConverter from ONNX opset 13.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

import mindspore as ms
from mindspore import nn


class ManyRounds(nn.Cell):
    def construct(self, x):
        """Shapes: (2) -> (2)."""
        y = x
        for _ in range(ms.mutable(100)):
            g = y
            for _ in range(2):
                g = g * 0.99
            y = g
        return y


MindSporeModel = ManyRounds
