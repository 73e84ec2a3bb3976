"""Network converted by MindConverter from ONNX opset 14.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

from mindspore import nn, ops


class ComputedAxis(nn.Cell):
    def construct(self, x, a):
        """Shapes: (3, N, 2), () -> (3, N, 2)."""
        axis = a % 3
        return ops.where(
            axis == 0,
            ops.CumSum(exclusive=True)(x, 0),
            ops.where(
                axis == 1,
                ops.CumSum(exclusive=True)(x, 1),
                ops.CumSum(exclusive=True)(x, 2),
            ),
        )


MindSporeModel = ComputedAxis
