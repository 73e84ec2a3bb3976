"""Network converted by MindConverter from ONNX opset 13.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

import mindspore as ms
from mindspore import nn, ops


class Uint16(nn.Cell):
    def construct(self, a, b):
        """Shapes: (2, 3), (3) -> (2, 3)."""
        return ops.maximum(a.astype(ms.int32), b.astype(ms.int32)).astype(ms.uint16)


MindSporeModel = Uint16
