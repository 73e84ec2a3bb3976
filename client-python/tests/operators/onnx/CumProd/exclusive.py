"""Network converted by MindConverter from ONNX opset 26.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

from mindspore import nn, ops


class Exclusive(nn.Cell):
    def construct(self, x):
        """Shapes: (2, 4) -> (2, 4)."""
        return ops.CumProd(exclusive=True)(x, 0)


MindSporeModel = Exclusive
