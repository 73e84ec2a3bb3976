"""Network converted by MindConverter from ONNX opset 10.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

import mindspore as ms
from mindspore import Parameter, nn, ops


class OfOpset10(nn.Cell):
    def __init__(self):
        super().__init__()
        self.r = Parameter(ops.zeros((4, 4), ms.float32))

    def construct(self, x):
        """Shapes: (1, 2, H, 9) -> (4, 2, 2, 2)."""
        boxes = self.r * 0.25
        low = boxes[:, 1:2]
        width = ops.clamp(boxes[:, 3:4] - low, 1) / 2
        starts = (low + width * ops.arange(2, dtype=ms.float32)).reshape((-1, 2, 1, 1))
        width = width.reshape((-1, 1, 1, 1))
        count = ops.ceil(width)
        most = ops.clamp(count, 1)
        gap = ops.clamp(width, 1e-06) / most
        elements = ops.arange(x.shape[2], dtype=ms.float32).reshape((-1, 1))
        number = (
            ops.clamp(ops.floor((elements - 1 - starts) / gap - 0.5), 0)
            + ops.arange(5, dtype=ms.float32)
        )
        places = starts + (number + 0.5) * gap
        weights = (
            ops.relu(1 - ops.abs(ops.clamp(places, 0, x.shape[2] - 1) - elements))
            * ops.logical_and(places >= -1, places <= x.shape[2])
        )
        weights = (weights * (number < count) / most).sum(-1)
        low = boxes[:, 0:1]
        width = ops.clamp(boxes[:, 2:3] - low, 1) / 2
        starts = (low + width * ops.arange(2, dtype=ms.float32)).reshape((-1, 2, 1, 1))
        width = width.reshape((-1, 1, 1, 1))
        count = ops.ceil(width)
        most = ops.clamp(count, 1)
        gap = ops.clamp(width, 1e-06) / most
        elements = ops.arange(9, dtype=ms.float32).reshape((-1, 1))
        number = (
            ops.clamp(ops.floor((elements - 1 - starts) / gap - 0.5), 0)
            + ops.arange(5, dtype=ms.float32)
        )
        places = starts + (number + 0.5) * gap
        weights_1 = (
            ops.relu(1 - ops.abs(ops.clamp(places, 0, 8) - elements))
            * ops.logical_and(places >= -1, places <= 9)
        )
        weights_1 = (weights_1 * (number < count) / most).sum(-1)
        down = ops.matmul(weights.reshape((8, -1)), x.transpose((0, 2, 1, 3)).reshape((-1, 18)))
        return ops.matmul(down.reshape((4, 4, 9)), weights_1.swapaxes(1, 2)).reshape(
            (4, 2, 2, 2),
        ).swapaxes(
            1,
            2,
        )


MindSporeModel = OfOpset10
