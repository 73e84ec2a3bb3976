"""Network converted by MindConverter from ONNX opset 13.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

from mindspore import nn


class ComputedAxes(nn.Cell):
    def construct(self, x, a):
        """Shapes: (3, 2), (2) -> (1, 3, 1, 2)."""
        return x.reshape((1, 3, 1, 2))


MindSporeModel = ComputedAxes
