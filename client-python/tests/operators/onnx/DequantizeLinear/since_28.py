"""Network converted by MindConverter from ONNX opset 28.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

import mindspore as ms
from mindspore import nn


class Since28(nn.Cell):
    def construct(self, x, s, z):
        """Shapes: (N, 3, 4), (3), (3) -> (N, 3, 4)."""
        return (x.astype(ms.float32) - z.astype(ms.float32).reshape((-1, 1))) * s.reshape((-1, 1))


MindSporeModel = Since28
