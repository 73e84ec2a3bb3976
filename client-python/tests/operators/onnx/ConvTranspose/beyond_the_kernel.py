"""Network converted by MindConverter from ONNX opset 11.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

import mindspore as ms
from mindspore import Parameter, nn, ops


class BeyondTheKernel(nn.Cell):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2dTranspose(4, 3, kernel_size=2, stride=3, pad_mode="pad")
        self.b = Parameter(ops.zeros((3,), ms.float32))

    def construct(self, x):
        """Shapes: (1, 4, 5, 6) -> (1, 3, 14, 19)."""
        full = self.conv(x)
        cut = full[:, :, 1:, :]
        extended = ops.Pad(((0, 0), (0, 0), (0, 1), (0, 2)))(cut)
        return extended + self.b.reshape((1, -1, 1, 1))


MindSporeModel = BeyondTheKernel
