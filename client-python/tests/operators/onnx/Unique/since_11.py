"""Network converted by MindConverter from ONNX opset 11.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

import mindspore as ms
from mindspore import nn, ops


class Since11(nn.Cell):
    def construct(self, x, r):
        """Shapes: (3, 4), (6) -> (a.d0), (a.d0), (12), (a.d0), (e.d0), (e.d0), (6), (e.d0)."""
        x_1 = x.flatten()
        found, found_1 = ops.unique(x_1)
        first = ops.unsorted_segment_min(ops.arange(12), found_1, 12)
        order = ops.argsort(found)
        b = first[order]
        a = ops.gather(x_1, b, 0)
        c = ops.argsort(order)[found_1].astype(ms.int64)
        d = ops.unsorted_segment_sum(ops.ones_like(found_1), found_1, 12)[order].astype(ms.int64)
        x_2 = r.flatten()
        found_2, found_3 = ops.unique(x_2)
        first_1 = ops.unsorted_segment_min(ops.arange(6), found_3, 6)
        order_1 = ops.argsort(first_1[:found_2.shape[0]])
        f = first_1[order_1]
        e = ops.gather(x_2, f, 0)
        g = ops.argsort(order_1)[found_3].astype(ms.int64)
        h = ops.unsorted_segment_sum(ops.ones_like(found_3), found_3, 6)[order_1].astype(ms.int64)
        return a, b, c, d, e, f, g, h


MindSporeModel = Since11
