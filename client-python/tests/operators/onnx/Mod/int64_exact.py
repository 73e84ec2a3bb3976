"""Network converted by MindConverter from ONNX opset 13.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

from mindspore import nn, ops


class Int64Exact(nn.Cell):
    def construct(self, x, z):
        """Shapes: (6), (6) -> (6), (6), (6)."""
        rest = x - x // z * z
        y = rest - rest // z * z
        rest_1 = x - x // z * z
        rest_1 = rest_1 - rest_1 // z * z
        f = ops.where(ops.logical_and(rest_1 != 0, (rest_1 < 0) != (x < 0)), rest_1 - z, rest_1)
        rest_2 = x - x // 1000003 * 1000003
        x = rest_2 - rest_2 // 1000003 * 1000003
        return y, f, x


MindSporeModel = Int64Exact
