"""Network converted by MindConverter from ONNX opset 26.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

import mindspore as ms
from mindspore import nn


class Since26(nn.Cell):
    def construct(self, x, u):
        """Shapes: (2, 3), (4) -> (2, 3), (4)."""
        x = x.astype(ms.uint8)
        z = u.astype(ms.int32)
        return x, z


MindSporeModel = Since26
