"""Network converted by MindConverter from ONNX opset 16.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

import mindspore as ms
from mindspore import nn, ops


class Multiplied(nn.Cell):
    def construct(self, x, i, u):
        """Shapes: (N, 5), (N, 2), (N, 2) -> (N, 5)."""
        indices = ops.where(i < 0, i + 5, i)
        indices = ops.cat(
            (
                ops.arange(u.shape[0], dtype=ms.int64).reshape((-1, 1, 1)).broadcast_to(
                    (u.shape[0], 2, 1),
                ),
                indices.expand_dims(-1),
            ),
            -1,
        )
        return ops.tensor_scatter_mul(x, indices, u)


MindSporeModel = Multiplied
