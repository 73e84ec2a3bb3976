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
        largest = ops.ReduceMax(True)(x, a)
        largest = ops.where(ops.isfinite(largest), largest, 0.0)
        y = ops.log(ops.ReduceSum()(ops.exp(x - largest), a)) + ops.ReduceMax()(largest, a)
        largest_1 = ops.ReduceMax(True)(x, b)
        largest_1 = ops.where(ops.isfinite(largest_1), largest_1, 0.0)
        x = ops.log(ops.ReduceSum(True)(ops.exp(x - largest_1), b)) + largest_1
        return y, x


MindSporeModel = ComputedAxes
