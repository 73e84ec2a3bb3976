"""Network converted by MindConverter from ONNX opset 10.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

import mindspore as ms
from mindspore import nn, ops


class Since10(nn.Cell):
    def construct(self, x, s, a, w, t, b, u, c):
        """Shapes: (2, 4), (), (), (4, 3), (), (), (), () -> (2, 3)."""
        return ops.clamp(
            ops.round(
                ops.matmul(
                    x.astype(ms.int32) - a.astype(ms.int32),
                    w.astype(ms.int32) - b.astype(ms.int32),
                ).astype(
                    ms.float32,
                )
                * (s * t / u),
            )
            + c.astype(ms.float32),
            0.0,
            255.0,
        ).astype(
            ms.uint8,
        )


MindSporeModel = Since10
