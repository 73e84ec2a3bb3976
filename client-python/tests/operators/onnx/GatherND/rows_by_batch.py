"""Network converted by MindConverter from ONNX opset 12.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

import mindspore as ms
from mindspore import nn, ops


class RowsByBatch(nn.Cell):
    def construct(self, x, i):
        """Shapes: (N, 4, 2), (N, 3, 1) -> (N, 3, 2)."""
        indices = ops.where(i < 0, i + 4, i)
        indices = ops.cat(
            (
                ops.arange(x.shape[0], dtype=ms.int64).reshape((-1, 1, 1)).broadcast_to(
                    (x.shape[0], 3, 1),
                ),
                indices,
            ),
            -1,
        )
        return ops.gather_nd(x, indices)


MindSporeModel = RowsByBatch
