"""Network converted by MindConverter from ONNX opset 13.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

import mindspore as ms
from mindspore import nn, ops


class PairsIntoAnySize(nn.Cell):
    def construct(self, x, i):
        """Shapes: (N, S, 2), (3, 2) -> (3, 2)."""
        indices = ops.where(i < 0, i + ms.tensor((x.shape[0], x.shape[1]), ms.int64), i)
        return ops.gather_nd(x, indices)


MindSporeModel = PairsIntoAnySize
