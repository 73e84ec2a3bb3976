"""Network converted by MindConverter from ONNX opset 13.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

import mindspore as ms
from mindspore import nn, ops


class NearestOverAnySize(nn.Cell):
    def construct(self, x):
        """Shapes: (1, 2, H, W) -> (1, 2, 2*H, 3*W)."""
        numbers = ops.arange(x.shape[2] * 2, dtype=ms.float32)
        places = (numbers + 0.5) / 2.0 - 0.5
        positions = ops.clamp(ops.floor(places + 0.5), 0, x.shape[2] - 1).astype(ms.int64)
        resized = ops.gather(x, positions, 2)
        numbers = ops.arange(x.shape[3] * 3, dtype=ms.float32)
        places = (numbers + 0.5) / 3.0 - 0.5
        positions = ops.clamp(ops.floor(places + 0.5), 0, x.shape[3] - 1).astype(ms.int64)
        return ops.gather(resized, positions, 3)


MindSporeModel = NearestOverAnySize
