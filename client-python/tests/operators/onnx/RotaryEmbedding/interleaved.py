"""Network converted by MindConverter from ONNX opset 23.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

from mindspore import nn, ops


class Interleaved(nn.Cell):
    def construct(self, x, cos, sin, p, c, s):
        """Shapes: (2, 4, 24), (5, 4), (5, 4), (2, 4), (5, 2), (5, 2) -> (2, 4, 24), (2, 4, 24)."""
        x_1 = x.reshape((2, 4, 3, 8))
        pairs = x_1.reshape((2, 4, 3, 4, 2))
        first = pairs[:, :, :, :, 0]
        second = pairs[:, :, :, :, 1]
        cos_1 = ops.expand_dims(ops.gather(cos, p, 0), 2)
        sin_1 = ops.expand_dims(ops.gather(sin, p, 0), 2)
        turned = ops.stack(
            (first * cos_1 - second * sin_1, first * sin_1 + second * cos_1),
            -1,
        ).flatten(
            start_dim=3,
        )
        y = turned.flatten(start_dim=2)
        x_2 = x.reshape((2, 4, 3, 8))
        turning = x_2[:, :, :, :4]
        pairs_1 = turning.reshape((2, 4, 3, 2, 2))
        first_1 = pairs_1[:, :, :, :, 0]
        second_1 = pairs_1[:, :, :, :, 1]
        cos_2 = ops.expand_dims(ops.gather(c, p, 0), 2)
        sin_2 = ops.expand_dims(ops.gather(s, p, 0), 2)
        turned_1 = ops.stack(
            (first_1 * cos_2 - second_1 * sin_2, first_1 * sin_2 + second_1 * cos_2),
            -1,
        ).flatten(
            start_dim=3,
        )
        turned_1 = ops.cat((turned_1, x_2[:, :, :, 4:]), -1)
        x = turned_1.flatten(start_dim=2)
        return y, x


MindSporeModel = Interleaved
