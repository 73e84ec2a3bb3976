"""Network converted by MindConverter from ONNX opset 28.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

import mindspore as ms
from mindspore import nn, ops


class Since28(nn.Cell):
    def construct(self, x):
        """Shapes: (9) -> (y.d0), (9)."""
        x_1 = x.flatten()
        found, found_1 = ops.unique(x_1.astype(ms.int32))
        first = ops.unsorted_segment_min(ops.arange(9), found_1, 9)
        order = ops.argsort(found)
        indices = first[order]
        y = ops.gather(x_1, indices, 0)
        z = ops.argsort(order)[found_1].astype(ms.int64)
        return y, z


MindSporeModel = Since28
