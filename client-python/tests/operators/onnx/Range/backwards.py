"""Network converted by MindConverter from ONNX opset 11.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

import mindspore as ms
from mindspore import nn, ops


class Backwards(nn.Cell):
    def construct(self, x):
        """Shapes: (N) -> (floordiv(N + 1, 2))."""
        return ops.arange(x.shape[0], 0, -2, dtype=ms.int64)


MindSporeModel = Backwards
