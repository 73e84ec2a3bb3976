"""Network converted by MindConverter from ONNX opset 10.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

from mindspore import nn


class Since10(nn.Cell):
    def construct(self, x, z):
        """Shapes: (7), (7) -> (7)."""
        rest = x - x // z * z
        return rest - rest // z * z


MindSporeModel = Since10
