"""Network converted by MindConverter from ONNX opset 15.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

import mindspore as ms
from mindspore import nn


class Range(nn.Cell):
    def construct(self, x):
        """Shapes: (N, 3, S, 4) -> (2)."""
        return ms.tensor(x.shape[1:-1], ms.int64)


MindSporeModel = Range
