"""Network converted by MindConverter from ONNX opset 11.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

import mindspore as ms
from mindspore import nn, ops


class ManyRows(nn.Cell):
    def construct(self, h0, x):
        """Shapes: (2), (70, 2) -> (2), (70, 2)."""
        h = h0
        y = ops.zeros((ms.mutable(0), 2), ms.float32)
        for t in range(ms.mutable(70)):
            r = x[t]
            s2 = h + r
            y = ops.cat((y, ops.expand_dims(s2, 0)), 0)
            h = s2
        return h, y


MindSporeModel = ManyRows
