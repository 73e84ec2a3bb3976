"""Network converted by MindConverter from ONNX opset 18.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

from mindspore import nn, ops


class ComputedAxesOfWholeNumbers(nn.Cell):
    def construct(self, x, d, a):
        """Shapes: (2, 3), (2, 3), (1) -> (y.d0), (z.d0, z.d1)."""
        x = ops.ReduceSum()(x, a)
        z = ops.ReduceSum(True)(d, a)
        return x, z


MindSporeModel = ComputedAxesOfWholeNumbers
