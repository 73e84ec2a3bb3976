"""Network converted by MindConverter from ONNX opset 13.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

import mindspore as ms
from mindspore import nn, ops


class ComputedSwitch(nn.Cell):
    def construct(self, x, r, t):
        """Shapes: (3, 4), (), () -> (3, 4), (3, 4)."""
        m = ops.logical_or(ops.rand_like(x) >= r, ops.logical_not(t))
        y = ops.where(t, ops.where(m, x / (1 - r), 0.0), x).astype(ms.float32)
        return y, m


MindSporeModel = ComputedSwitch
