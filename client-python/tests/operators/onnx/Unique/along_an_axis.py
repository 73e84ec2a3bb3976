"""Network converted by MindConverter from ONNX opset 11.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

import mindspore as ms
from mindspore import nn, ops


class AlongAnAxis(nn.Cell):
    def construct(self, x, r):
        """Shapes: (6, 2), (2, 4, 2) -> (a.d0, 2), (a.d0), (6), (a.d0), (2, e.d0, 2), (e.d0),
        (4), (e.d0).
        """
        rows = x.reshape((6, -1))
        column = ops.argmax(
            (ops.expand_dims(rows, 1) != ops.expand_dims(rows, 0)).astype(ms.float32),
            -1,
        )
        there = ops.gather_elements(rows, 1, column)
        found, found_1 = ops.unique((there < there.T).sum(0))
        first = ops.unsorted_segment_min(ops.arange(6), found_1, 6)
        order = ops.argsort(found)
        b = first[order]
        a = ops.gather(x, b, 0)
        c = ops.argsort(order)[found_1].astype(ms.int64)
        d = ops.unsorted_segment_sum(ops.ones_like(found_1), found_1, 6)[order].astype(ms.int64)
        rows_1 = r.transpose((1, 0, 2)).reshape((4, -1))
        column_1 = ops.argmax(
            (ops.expand_dims(rows_1, 1) != ops.expand_dims(rows_1, 0)).astype(ms.float32),
            -1,
        )
        there_1 = ops.gather_elements(rows_1, 1, column_1)
        found_2, found_3 = ops.unique((there_1 < there_1.T).sum(0))
        first_1 = ops.unsorted_segment_min(ops.arange(4), found_3, 4)
        order_1 = ops.argsort(first_1[:found_2.shape[0]])
        f = first_1[order_1]
        e = ops.gather(r, f, 1)
        g = ops.argsort(order_1)[found_3].astype(ms.int64)
        h = ops.unsorted_segment_sum(ops.ones_like(found_3), found_3, 4)[order_1].astype(ms.int64)
        return a, b, c, d, e, f, g, h


MindSporeModel = AlongAnAxis
