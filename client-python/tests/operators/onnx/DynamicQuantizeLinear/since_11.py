"""Network converted by MindConverter from ONNX opset 11.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

import mindspore as ms
from mindspore import nn, ops


class Since11(nn.Cell):
    def construct(self, x):
        """Shapes: (3, 4) -> (3, 4), (), ()."""
        least = ops.minimum(0.0, ops.amin(x))
        width = ops.maximum(0.0, ops.amax(x)) - least
        s = ops.where(width == 0, 1.0, width / 255.0)
        z = ops.clamp(ops.round(-least / s), 0.0, 255.0).astype(ms.uint8)
        y = ops.clamp(ops.round(x / s) + z.astype(ms.float32), 0.0, 255.0).astype(ms.uint8)
        return y, s, z


MindSporeModel = Since11
