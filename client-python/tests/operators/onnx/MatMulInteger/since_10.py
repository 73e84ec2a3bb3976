"""Network converted by MindConverter from ONNX opset 10.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

import mindspore as ms
from mindspore import nn, ops


class Since10(nn.Cell):
    def construct(self, x, w, b):
        """Shapes: (N, 4, 5), (5, 3), (3) -> (N, 4, 3)."""
        return ops.matmul(x.astype(ms.int32) - 12, w.astype(ms.int32) - b.astype(ms.int32))


MindSporeModel = Since10
