"""Network converted by MindConverter from ONNX opset 18.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

from mindspore import nn


class ThroughANewAxis(nn.Cell):
    def construct(self, x):
        """Shapes: (5, N, 3, 4) -> (3, 5, N, 4)."""
        return x.transpose((2, 0, 1, 3))


MindSporeModel = ThroughANewAxis
