"""Network converted by MindConverter from ONNX opset 11.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

import mindspore as ms
from mindspore import nn, ops


class ComputedCount(nn.Cell):
    def construct(self, x, k):
        """Shapes: (2, 5, 3), (1) -> (2, v.d1, 3), (2, v.d1, 3)."""
        ranked = ops.sort(x, 1, descending=True)
        top_k = ranked[0][:, :k[0]]
        i = ranked[1][:, :k[0]].astype(ms.int64)
        return top_k, i


MindSporeModel = ComputedCount
