"""Network converted by MindConverter from ONNX opset 23.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

from mindspore import nn, ops


class Since23(nn.Cell):
    def construct(self, x, cos, sin, p, c, s):
        """Shapes: (N, 3, 4, 8), (5, 4), (5, 4), (N, 4), (N, 4, 2), (N, 4, 2) -> (N, 3, 4, 8),
        (N, 3, 4, 8).
        """
        first = x[:, :, :, :4]
        second = x[:, :, :, 4:]
        cos_1 = ops.expand_dims(ops.gather(cos, p, 0), 1)
        sin_1 = ops.expand_dims(ops.gather(sin, p, 0), 1)
        y = ops.cat((first * cos_1 - second * sin_1, first * sin_1 + second * cos_1), -1)
        first_1 = x[:, :, :, :2]
        second_1 = x[:, :, :, 2:4]
        cos_2 = ops.expand_dims(c, 1)
        sin_2 = ops.expand_dims(s, 1)
        turned = ops.cat(
            (first_1 * cos_2 - second_1 * sin_2, first_1 * sin_2 + second_1 * cos_2),
            -1,
        )
        x = ops.cat((turned, x[:, :, :, 4:]), -1)
        return y, x


MindSporeModel = Since23
