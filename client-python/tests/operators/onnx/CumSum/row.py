"""Network converted by MindConverter from ONNX opset 14.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

from mindspore import nn, ops


class Row(nn.Cell):
    def construct(self, x, a):
        """Shapes: (5), () -> (5)."""
        return ops.CumSum(reverse=True)(x, 0)


MindSporeModel = Row
