"""Network converted by MindConverter from ONNX opset 12.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

import mindspore as ms
from mindspore import nn, ops


class Since12(nn.Cell):
    def construct(self, x):
        """Shapes: (2, 9) -> (2, 1)."""
        return 8 - ops.argmin(ops.flip(x, (1,)), 1, keepdims=True).astype(ms.int64)


MindSporeModel = Since12
