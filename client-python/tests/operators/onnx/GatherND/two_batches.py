"""Network converted by MindConverter from ONNX opset 13.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

import mindspore as ms
from mindspore import nn, ops


class TwoBatches(nn.Cell):
    def construct(self, x, i):
        """Shapes: (2, 3, 4), (2, 3, 1) -> (2, 3)."""
        indices = ops.where(i < 0, i + 4, i)
        indices = ops.cat(
            (
                ops.arange(2, dtype=ms.int64).reshape((-1, 1, 1)).broadcast_to((2, 3, 1)),
                ops.arange(3, dtype=ms.int64).reshape((-1, 1)).broadcast_to((2, 3, 1)),
                indices,
            ),
            -1,
        )
        return ops.gather_nd(x, indices)


MindSporeModel = TwoBatches
