"""Network converted by MindConverter from ONNX opset 13.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

import mindspore as ms
from mindspore import nn


class Bfloat16(nn.Cell):
    def __init__(self):
        super().__init__()
        self.dense = nn.Dense(4, 3, has_bias=False)

    def construct(self, x):
        """Shapes: (N, 2, 4) -> (N, 3, 2)."""
        x = x.astype(ms.float32)
        x = self.dense(x)
        x = x.transpose((0, 2, 1))
        return x.astype(ms.bfloat16)


MindSporeModel = Bfloat16
