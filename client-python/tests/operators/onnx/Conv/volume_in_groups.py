"""Network converted by MindConverter from ONNX opset 22.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

from mindspore import nn


class VolumeInGroups(nn.Cell):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv3d(
            4,
            4,
            kernel_size=3,
            pad_mode="pad",
            padding=(1, 1, 0, 2, 1, 1),
            group=4,
            has_bias=True,
        )

    def construct(self, x):
        """Shapes: (1, 4, 5, 6, 4) -> (1, 4, 5, 6, 4)."""
        return self.conv(x)


MindSporeModel = VolumeInGroups
