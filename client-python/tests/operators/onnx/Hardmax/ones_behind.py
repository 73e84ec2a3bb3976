"""Network converted by MindConverter from ONNX opset 11.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

import mindspore as ms
from mindspore import nn, ops


class OnesBehind(nn.Cell):
    def construct(self, x):
        """Shapes: (N, 5, 1, 1) -> (N, 5, 1, 1)."""
        return (ops.arange(5).reshape((-1, 1, 1)) == ops.argmax(x, 1, keepdim=True)).astype(
            ms.float32,
        )


MindSporeModel = OnesBehind
