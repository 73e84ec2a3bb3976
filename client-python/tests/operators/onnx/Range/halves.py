"""Network converted by MindConverter from ONNX opset 27.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

import mindspore as ms
from mindspore import nn, ops


class Halves(nn.Cell):
    def construct(self, a, b):
        """Shapes: (), () -> (y.d0)."""
        return ops.arange(a.astype(ms.float32), b.astype(ms.float32), 0.5, dtype=ms.float16)


MindSporeModel = Halves
