"""Network converted by MindConverter from ONNX opset 16.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

import mindspore as ms
from mindspore import nn, ops


class NoRound(nn.Cell):
    def construct(self, n, x):
        """Shapes: (), (3) -> (3), (all.d0, 2, 3)."""
        last = x
        all_ = ops.zeros((ms.mutable(0), 2, 3), ms.float32)
        for _ in range(int(n)):
            all_ = ops.cat((all_, ops.expand_dims(last.broadcast_to((2, 3)), 0)), 0)
            last = last + last
        return last, all_


MindSporeModel = NoRound
