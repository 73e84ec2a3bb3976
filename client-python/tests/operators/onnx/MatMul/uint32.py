"""Network converted by MindConverter from ONNX opset 13.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

import mindspore as ms
from mindspore import nn, ops


class Uint32(nn.Cell):
    def construct(self, x, z):
        """Shapes: (2, 2), (2, 2) -> (2, 2)."""
        return ops.matmul(x.astype(ms.int64), z.astype(ms.int64)).astype(ms.uint32)


MindSporeModel = Uint32
