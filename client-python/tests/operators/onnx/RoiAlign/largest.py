"""Network converted by MindConverter from ONNX opset 16.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

import mindspore as ms
from mindspore import nn, ops


class Largest(nn.Cell):
    def construct(self, x, r, i):
        """Shapes: (2, 3, 16, 11), (4, 4), (4) -> (4, 3, 3, 2)."""
        boxes = r * 0.5
        low = boxes[:, 1:2]
        places = (low + ops.clamp(boxes[:, 3:4] - low, 1) * ((ops.arange(6, dtype=ms.float32) + 0.5) / 6)).expand_dims(
            2,
        )
        offsets = ops.clamp(places, 0, 15) - ops.arange(16, dtype=ms.float32)
        weights = ops.relu(1 - ops.abs(offsets)) * ops.logical_and(places >= -1, places <= 16)
        below = weights * (offsets >= 0)
        above = weights * (offsets < 0)
        low = boxes[:, 0:1]
        places = (low + ops.clamp(boxes[:, 2:3] - low, 1) * ((ops.arange(4, dtype=ms.float32) + 0.5) / 4)).expand_dims(
            2,
        )
        offsets = ops.clamp(places, 0, 10) - ops.arange(11, dtype=ms.float32)
        weights = ops.relu(1 - ops.abs(offsets)) * ops.logical_and(places >= -1, places <= 11)
        below_1 = weights * (offsets >= 0)
        above_1 = weights * (offsets < 0)
        down = ops.matmul(
            (below.expand_dims(2)
            * (i.reshape((-1, 1, 1, 1)) == ops.arange(2).reshape((-1, 1)))).reshape(
                (24, 32),
            ),
            x.transpose((0, 2, 1, 3)).reshape((32, 33)),
        )
        neighbour = ops.matmul(down.reshape((4, 18, 11)), below_1.swapaxes(1, 2)).reshape(
            (4, 6, 3, 4),
        ).swapaxes(
            1,
            2,
        )
        down = ops.matmul(
            (below.expand_dims(2)
            * (i.reshape((-1, 1, 1, 1)) == ops.arange(2).reshape((-1, 1)))).reshape(
                (24, 32),
            ),
            x.transpose((0, 2, 1, 3)).reshape((32, 33)),
        )
        neighbour_1 = ops.matmul(down.reshape((4, 18, 11)), above_1.swapaxes(1, 2)).reshape(
            (4, 6, 3, 4),
        ).swapaxes(
            1,
            2,
        )
        largest = ops.maximum(neighbour, neighbour_1)
        down = ops.matmul(
            (above.expand_dims(2)
            * (i.reshape((-1, 1, 1, 1)) == ops.arange(2).reshape((-1, 1)))).reshape(
                (24, 32),
            ),
            x.transpose((0, 2, 1, 3)).reshape((32, 33)),
        )
        neighbour = ops.matmul(down.reshape((4, 18, 11)), below_1.swapaxes(1, 2)).reshape(
            (4, 6, 3, 4),
        ).swapaxes(
            1,
            2,
        )
        largest = ops.maximum(largest, neighbour)
        down = ops.matmul(
            (above.expand_dims(2)
            * (i.reshape((-1, 1, 1, 1)) == ops.arange(2).reshape((-1, 1)))).reshape(
                (24, 32),
            ),
            x.transpose((0, 2, 1, 3)).reshape((32, 33)),
        )
        neighbour = ops.matmul(down.reshape((4, 18, 11)), above_1.swapaxes(1, 2)).reshape(
            (4, 6, 3, 4),
        ).swapaxes(
            1,
            2,
        )
        largest = ops.maximum(largest, neighbour)
        return ops.amax(largest.reshape((4, 3, 3, 2, 2, 2)), (3, 5))


MindSporeModel = Largest
