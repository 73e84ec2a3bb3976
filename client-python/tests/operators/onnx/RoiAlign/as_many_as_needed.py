"""Network converted by MindConverter from ONNX opset 16.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

import mindspore as ms
from mindspore import Parameter, nn, ops


class AsManyAsNeeded(nn.Cell):
    def __init__(self):
        super().__init__()
        self.i = ms.Tensor([0, 1, 1, 0], ms.int64)
        self.r = Parameter(ops.zeros((4, 4), ms.float32))

    def construct(self, x):
        """Shapes: (2, 3, 16, 11) -> (4, 3, 3, 2)."""
        boxes = self.r * 0.5 - 0.5
        low = boxes[:, 1:2]
        width = (boxes[:, 3:4] - low) / 3
        starts = (low + width * ops.arange(3, dtype=ms.float32)).reshape((-1, 3, 1, 1))
        width = width.reshape((-1, 1, 1, 1))
        count = ops.ceil(width)
        most = ops.clamp(count, 1)
        gap = ops.clamp(width, 1e-06) / most
        elements = ops.arange(16, dtype=ms.float32).reshape((-1, 1))
        number = (
            ops.clamp(ops.floor((elements - 1 - starts) / gap - 0.5), 0)
            + ops.arange(5, dtype=ms.float32)
        )
        places = starts + (number + 0.5) * gap
        weights = (
            ops.relu(1 - ops.abs(ops.clamp(places, 0, 15) - elements))
            * ops.logical_and(places >= -1, places <= 16)
        )
        weights = (weights * (number < count) / most).sum(-1)
        low = boxes[:, 0:1]
        width = (boxes[:, 2:3] - low) / 2
        starts = (low + width * ops.arange(2, dtype=ms.float32)).reshape((-1, 2, 1, 1))
        width = width.reshape((-1, 1, 1, 1))
        count = ops.ceil(width)
        most = ops.clamp(count, 1)
        gap = ops.clamp(width, 1e-06) / most
        elements = ops.arange(11, dtype=ms.float32).reshape((-1, 1))
        number = (
            ops.clamp(ops.floor((elements - 1 - starts) / gap - 0.5), 0)
            + ops.arange(5, dtype=ms.float32)
        )
        places = starts + (number + 0.5) * gap
        weights_1 = (
            ops.relu(1 - ops.abs(ops.clamp(places, 0, 10) - elements))
            * ops.logical_and(places >= -1, places <= 11)
        )
        weights_1 = (weights_1 * (number < count) / most).sum(-1)
        down = ops.matmul(
            (weights.expand_dims(2)
            * (self.i.reshape((-1, 1, 1, 1)) == ops.arange(2).reshape((-1, 1)))).reshape(
                (12, 32),
            ),
            x.transpose((0, 2, 1, 3)).reshape((32, 33)),
        )
        return ops.matmul(down.reshape((4, 9, 11)), weights_1.swapaxes(1, 2)).reshape(
            (4, 3, 3, 2),
        ).swapaxes(
            1,
            2,
        )


MindSporeModel = AsManyAsNeeded
