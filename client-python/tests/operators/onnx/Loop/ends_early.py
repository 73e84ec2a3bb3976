"""Network converted by MindConverter from ONNX opset 21.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

import mindspore as ms
from mindspore import nn, ops


class EndsEarly(nn.Cell):
    def construct(self, go, x):
        """Shapes: (), (3) -> (3), (all.d0, 3)."""
        keep_going = go
        y = x
        all_ = ops.zeros((ms.mutable(0), 3), ms.float32)
        for _ in range(5):
            if not keep_going:
                break
            h2 = y + y
            sum_ = h2.sum()
            all_ = ops.cat((all_, ops.expand_dims(-y, 0)), 0)
            y = h2
            keep_going = sum_ < 20.0
        return y, all_


MindSporeModel = EndsEarly
