"""Network converted by MindConverter from ONNX opset 11.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

from mindspore import nn, ops


class SameLowerOverAnySize(nn.Cell):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(2, 3, kernel_size=(3, 2), stride=2, pad_mode="valid")

    def construct(self, x):
        """Shapes: (1, 2, H, W) -> (1, 3, floordiv(H + 1, 2), floordiv(W + 1, 2))."""
        added = max(x.shape[2] * -1 + (x.shape[2] + 1) // 2 * 2 + 1, 0)
        added_1 = max(x.shape[3] * -1 + (x.shape[3] + 1) // 2 * 2, 0)
        padded = ops.pad(x, (added_1 - added_1 // 2, added_1 // 2, added - added // 2, added // 2))
        return self.conv(padded)


MindSporeModel = SameLowerOverAnySize
