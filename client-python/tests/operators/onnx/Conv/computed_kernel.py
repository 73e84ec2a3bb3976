"""Network converted by MindConverter from ONNX opset 11.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

from mindspore import nn, ops


class ComputedKernel(nn.Cell):
    def construct(self, x, w, b):
        """Shapes: (1, 4, 8, 6), (6, 2, 3, 3), (6) -> (1, 6, 5, 5)."""
        padded = ops.Pad(((0, 0), (0, 0), (1, 2), (0, 1)))(x)
        return ops.conv2d(padded, w, stride=(2, 1), pad_mode="valid", dilation=1, groups=2, bias=b)


MindSporeModel = ComputedKernel
