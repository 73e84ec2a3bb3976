"""Network converted by MindConverter from ONNX opset 7.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

from mindspore import nn, ops


class ValueOfOpset7(nn.Cell):
    def construct(self, x):
        """Shapes: (N, 5) -> (N, 6)."""
        x = ops.pad(x[:, 1:], (0, 2), value=1.5)
        return x


MindSporeModel = ValueOfOpset7
