"""Network converted by MindConverter from ONNX opset 11.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

from mindspore import nn


class NegativeAxis(nn.Cell):
    def construct(self, x):
        """Shapes: (N, 3, 1) -> (N, 3)."""
        return x.squeeze(-1)


MindSporeModel = NegativeAxis
