"""Network converted by MindConverter from ONNX opset 22.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

from mindspore import nn, ops


class Volume(nn.Cell):
    def __init__(self):
        super().__init__()
        self.maxpool = nn.MaxPool3d(kernel_size=(3, 2, 2), stride=(2, 1, 2))

    def construct(self, x):
        """Shapes: (1, 2, 7, 6, 5) -> (1, 2, 4, 6, 2)."""
        inside = ops.Pad(((0, 0), (0, 0), (1, 1), (0, 1), (0, 0)))(ops.ones_like(x))
        padded = ops.Pad(((0, 0), (0, 0), (1, 1), (0, 1), (0, 0)))(x).masked_fill(
            inside == 0,
            float("-inf"),
        )
        return self.maxpool(padded)


MindSporeModel = Volume
