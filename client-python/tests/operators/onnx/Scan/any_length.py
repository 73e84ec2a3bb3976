"""Network converted by MindConverter from ONNX opset 19.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

import mindspore as ms
from mindspore import Parameter, nn, ops


class AnyLength(nn.Cell):
    def __init__(self):
        super().__init__()
        self.w = Parameter(ops.zeros((8, 8), ms.float32))

    def construct(self, h0, x):
        """Shapes: (2, 8), (T, 2, 8) -> (2, 8), (T, 2, 8)."""
        h = h0
        y = ops.zeros((ms.mutable(0), 2, 8), ms.float32)
        for t in range(x.shape[0]):
            r = x[t]
            m = ops.matmul(h, self.w)
            a = m + r
            s2 = ops.tanh(a)
            y = ops.cat((ops.expand_dims(s2, 0), y), 0)
            h = s2
        return h, y


MindSporeModel = AnyLength
