"""Network converted by MindConverter from ONNX opset 11.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

from mindspore import nn, ops


class Sizes(nn.Cell):
    def construct(self, x):
        """Shapes: (3, 7) -> list of (3, y.d1)."""
        return [*ops.split(x, [4, 1, 2], -1)]


MindSporeModel = Sizes
