"""Network converted by MindConverter from ONNX opset 20.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

from mindspore import nn, ops


class ComputedAxes(nn.Cell):
    def construct(self, x, a, b):
        """Shapes: (2, 3, 4), (2), (1) -> (y.d0), (z.d0, z.d1, z.d2)."""
        y = ops.ReduceProd()(x, a)
        x = ops.ReduceProd(True)(x, b)
        return y, x


MindSporeModel = ComputedAxes
