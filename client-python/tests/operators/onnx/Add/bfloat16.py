"""Network converted by MindConverter from ONNX opset 14.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

import mindspore as ms
from mindspore import nn


class Bfloat16(nn.Cell):
    def construct(self, x, z):
        """Shapes: (2, 3), (3) -> (2, 3)."""
        x = x.astype(ms.float32)
        cast = z.astype(ms.float32)
        x = x + cast
        return x.astype(ms.bfloat16)


MindSporeModel = Bfloat16
