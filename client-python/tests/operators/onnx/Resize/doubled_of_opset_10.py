"""Network converted by MindConverter from ONNX opset 10.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

from mindspore import nn, ops


class DoubledOfOpset10(nn.Cell):
    def construct(self, x):
        """Shapes: (1, 2, 5, 6) -> (1, 2, 10, 12)."""
        return ops.interpolate(x, size=(10, 12), mode="nearest")


MindSporeModel = DoubledOfOpset10
