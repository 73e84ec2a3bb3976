"""Network converted by MindConverter from ONNX opset 8.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

from mindspore import nn


class MoreAxesOfOpset8(nn.Cell):
    def construct(self, x):
        """Shapes: (3, 1) -> (2, 3, 4)."""
        return x.broadcast_to((2, 3, 4))


MindSporeModel = MoreAxesOfOpset8
