"""Network converted by MindConverter from ONNX opset 11.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

from mindspore import nn, ops


class Uneven(nn.Cell):
    def construct(self, x):
        """Shapes: (1, 2, H, 8) -> (1, 2, floordiv(H + -2, 2) + 1, 4)."""
        padded = ops.Pad(((0, 0), (0, 0), (0, 1), (0, 1)))(x)
        inside = ops.Pad(((0, 0), (0, 0), (0, 1), (0, 1)))(ops.ones_like(x[:1, :1]))
        return ops.avg_pool2d(padded, 3, 2) / ops.avg_pool2d(inside, 3, 2)


MindSporeModel = Uneven
