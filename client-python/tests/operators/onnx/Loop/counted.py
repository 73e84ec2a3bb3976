"""Network converted by MindConverter from ONNX opset 13.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

import mindspore as ms
from mindspore import nn, ops


class Counted(nn.Cell):
    def construct(self, x):
        """Shapes: (3) -> (3), (4, 3)."""
        last = x
        made = []
        for i in range(4):
            step = ops.cast(i, ms.int64)
            k = step.astype(ms.float32)
            h2 = last + k
            made.append(h2 * x)
            last = h2
        all_ = ops.stack(made)
        return last, all_


MindSporeModel = Counted
