"""Network converted by MindConverter from ONNX opset 11.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

from mindspore import nn


class GroupsUneven(nn.Cell):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(
            4,
            6,
            kernel_size=(3, 2),
            pad_mode="pad",
            padding=(1, 2, 0, 1),
            dilation=(1, 2),
            group=2,
        )

    def construct(self, x):
        """Shapes: (N, 4, 7, 6) -> (N, 6, 8, 5)."""
        return self.conv(x)


MindSporeModel = GroupsUneven
