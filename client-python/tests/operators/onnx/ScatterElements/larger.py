"""Network converted by MindConverter from ONNX opset 18.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

import mindspore as ms
from mindspore import nn, ops


class Larger(nn.Cell):
    def construct(self, x, i, u):
        """Shapes: (2, 3, 4), (2, 2, 4), (2, 2, 4) -> (2, 3, 4)."""
        indices = ops.where(i < 0, i + 3, i)
        indices = ops.cat(
            (
                ops.arange(2, dtype=ms.int64).reshape((-1, 1, 1, 1)).broadcast_to((2, 2, 4, 1)),
                indices.expand_dims(-1),
                ops.arange(4, dtype=ms.int64).reshape((-1, 1)).broadcast_to((2, 2, 4, 1)),
            ),
            -1,
        )
        return ops.tensor_scatter_max(x, indices, u)


MindSporeModel = Larger
