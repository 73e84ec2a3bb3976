"""Network converted by MindConverter from ONNX opset 13.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

from mindspore import nn, ops


class SizesAsInput(nn.Cell):
    def construct(self, x):
        """Shapes: (2, 6) -> (2, 2), (2, 3)."""
        a, _, c = ops.split(x, [2, 1, 3], 1)
        return a, c


MindSporeModel = SizesAsInput
