"""Network converted by MindConverter from ONNX opset 22.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

import mindspore as ms
from mindspore import Parameter, nn, ops


class MeanOfSamples(nn.Cell):
    def __init__(self):
        super().__init__()
        self.i = ms.Tensor([0, 1, 1, 0], ms.int64)
        self.r = Parameter(ops.zeros((4, 4), ms.float32))

    def construct(self, x):
        """Shapes: (2, 3, 16, 11) -> (4, 3, 3, 2)."""
        boxes = self.r * 0.5 - 0.5
        low = boxes[:, 1:2]
        places = (low + (boxes[:, 3:4] - low) * ((ops.arange(6, dtype=ms.float32) + 0.5) / 6)).expand_dims(
            2,
        )
        weights = (
            ops.relu(1 - ops.abs(ops.clamp(places, 0, 15) - ops.arange(16, dtype=ms.float32)))
            * ops.logical_and(places >= -1, places <= 16)
        )
        weights = weights.reshape((-1, 3, 2, 16)).mean(2)
        low = boxes[:, 0:1]
        places = (low + (boxes[:, 2:3] - low) * ((ops.arange(4, dtype=ms.float32) + 0.5) / 4)).expand_dims(
            2,
        )
        weights_1 = (
            ops.relu(1 - ops.abs(ops.clamp(places, 0, 10) - ops.arange(11, dtype=ms.float32)))
            * ops.logical_and(places >= -1, places <= 11)
        )
        weights_1 = weights_1.reshape((-1, 2, 2, 11)).mean(2)
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


MindSporeModel = MeanOfSamples
