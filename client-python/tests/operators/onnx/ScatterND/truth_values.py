"""Network converted by MindConverter from ONNX opset 18.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

import mindspore as ms
from mindspore import nn, ops


class TruthValues(nn.Cell):
    def construct(self, x, i, u):
        """Shapes: (N, 3), (1, 2), (1) -> (N, 3)."""
        indices = ops.where(i < 0, i + ms.tensor((x.shape[0], 3), ms.int64), i)
        return ops.tensor_scatter_update(x, indices, u)


MindSporeModel = TruthValues
