"""Network converted by MindConverter from ONNX opset 11.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

import mindspore as ms
from mindspore import nn, ops


class Computed(nn.Cell):
    def construct(self, a, b, c):
        """Shapes: (), (), () -> (y.d0)."""
        return ops.arange(a, b, c, dtype=ms.float32)


MindSporeModel = Computed
