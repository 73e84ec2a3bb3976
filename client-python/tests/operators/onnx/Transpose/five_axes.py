"""Network converted by MindConverter from ONNX opset 25.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

from mindspore import nn


class FiveAxes(nn.Cell):
    def construct(self, x):
        """Shapes: (2, 1, 3, 2, 2) -> (2, 3, 1, 2, 2)."""
        return x.transpose((3, 2, 1, 0, 4))


MindSporeModel = FiveAxes
