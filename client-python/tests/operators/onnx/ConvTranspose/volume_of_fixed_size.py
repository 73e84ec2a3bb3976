"""Network converted by MindConverter from ONNX opset 22.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

from mindspore import nn


class VolumeOfFixedSize(nn.Cell):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv3dTranspose(2, 3, kernel_size=3, stride=2, pad_mode="pad")

    def construct(self, x):
        """Shapes: (1, 2, 3, 4, 3) -> (1, 3, 6, 8, 6)."""
        full = self.conv(x)
        return full[:, :, 1:, 1:, 1:]


MindSporeModel = VolumeOfFixedSize
