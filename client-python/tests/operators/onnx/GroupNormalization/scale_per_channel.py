"""Network converted by MindConverter from ONNX opset 21.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

from mindspore import nn


class ScalePerChannel(nn.Cell):
    def __init__(self):
        super().__init__()
        self.norm = nn.GroupNorm(2, 4, eps=0.001)

    def construct(self, x):
        """Shapes: (2, 4, H, 3) -> (2, 4, H, 3)."""
        return self.norm(x)


MindSporeModel = ScalePerChannel
