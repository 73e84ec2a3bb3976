"""Network converted by MindConverter from ONNX opset 10.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

import mindspore as ms
from mindspore import nn, ops


class Since10(nn.Cell):
    def construct(self, b, s):
        """Shapes: (1, 6, 4), (1, 1, 6) -> (y.d0, 3)."""
        scores = s[0, 0]
        order = ops.argsort(scores, descending=True)
        ranked = ops.gather(b[0], order, 0)
        table = ops.concat(
            (
                ops.minimum(ranked[:, :2], ranked[:, 2:]),
                ops.maximum(ranked[:, :2], ranked[:, 2:]),
                ops.arange(order.shape[0], 0, -1).astype(ms.float32).expand_dims(1),
            ),
            1,
        )
        kept = ops.logical_and(ops.NMSWithMask(0.5)(table)[2], ops.gather(scores, order, 0) > 0.4)
        chosen = ops.gather(order, ops.nonzero(kept).reshape(-1), 0)[:2]
        return ops.stack((ops.full_like(chosen, 0), ops.full_like(chosen, 0), chosen), 1).astype(
            ms.int64,
        )


MindSporeModel = Since10
