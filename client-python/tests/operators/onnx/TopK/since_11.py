"""Network converted by MindConverter from ONNX opset 11.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

import mindspore as ms
from mindspore import nn, ops


class Since11(nn.Cell):
    def construct(self, x):
        """Shapes: (2, 5, 3) -> (2, 2, 3), (2, 2, 3)."""
        ranked = ops.sort(x, 1)
        top_k = ranked[0][:, :2]
        i = ranked[1][:, :2].astype(ms.int64)
        return top_k, i


MindSporeModel = Since11
