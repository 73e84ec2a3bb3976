"""Network converted by MindConverter from ONNX opset 11.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

import mindspore as ms
from mindspore import nn, ops


class ComputedCount(nn.Cell):
    def construct(self, n, x):
        """Shapes: (), (3) -> (3), (all.d0, 3)."""
        last = x
        all_ = ops.zeros((ms.mutable(0), 3), ms.float32)
        for i in range(int(n)):
            step = ops.cast(i, ms.int64)
            k = step.astype(ms.float32)
            all_ = ops.cat((all_, ops.expand_dims(last, 0)), 0)
            last = last + k
        return last, all_


MindSporeModel = ComputedCount
