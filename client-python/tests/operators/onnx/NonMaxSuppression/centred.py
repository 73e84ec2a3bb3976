"""Network converted by MindConverter from ONNX opset 11.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

import mindspore as ms
from mindspore import nn, ops


class Centred(nn.Cell):
    def construct(self, b, s):
        """Shapes: (1, N, 4), (1, 1, N) -> (y.d0, 3)."""
        scores = s[0, 0]
        order = ops.argsort(scores, descending=True)
        ranked = ops.gather(b[0], order, 0)
        half = ranked[:, 2:] / 2
        table = ops.concat(
            (
                ranked[:, :2] - half,
                ranked[:, :2] + half,
                ops.arange(order.shape[0], 0, -1).astype(ms.float32).expand_dims(1),
            ),
            1,
        )
        kept = ops.NMSWithMask(0.3)(table)[2]
        chosen = ops.gather(order, ops.nonzero(kept).reshape(-1), 0)[:5]
        return ops.stack((ops.full_like(chosen, 0), ops.full_like(chosen, 0), chosen), 1).astype(
            ms.int64,
        )


MindSporeModel = Centred
