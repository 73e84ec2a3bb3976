"""Network converted by MindConverter from ONNX opset 21.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

import mindspore as ms
from mindspore import nn, ops


class Since21(nn.Cell):
    def construct(self, x, w):
        """Shapes: (N, 2, 4), (4, 3) -> (N, 2, 3)."""
        return ops.clamp(
            ops.round(
                ops.matmul(x.astype(ms.int32) - 3, w.astype(ms.int32)).astype(ms.float32)
                * (0.01 * 0.02 / 1.5),
            )
            + -7.0,
            -128.0,
            127.0,
        ).astype(
            ms.int8,
        )


MindSporeModel = Since21
