"""Network converted by MindConverter from ONNX opset 15.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

import mindspore as ms
from mindspore import nn, ops


class Since1(nn.Cell):
    def construct(self, n, m):
        """Shapes: (N, 3), (N, 2) -> (N, 6)."""
        return ops.cat(
            (
                n.astype(ms.float32)[:, :2],
                m.astype(ms.float32),
                ops.zeros((m.shape[0], 2), ms.float32),
            ),
            1,
        )


MindSporeModel = Since1
