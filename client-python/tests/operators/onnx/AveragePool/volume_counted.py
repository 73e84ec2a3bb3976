"""Network converted by MindConverter from ONNX opset 22.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

from mindspore import nn


class VolumeCounted(nn.Cell):
    def __init__(self):
        super().__init__()
        self.avgpool = nn.AvgPool3d(kernel_size=3, stride=2, pad_mode="pad", padding=1)

    def construct(self, x):
        """Shapes: (1, 2, 7, 6, 5) -> (1, 2, 4, 3, 3)."""
        return self.avgpool(x)


MindSporeModel = VolumeCounted
