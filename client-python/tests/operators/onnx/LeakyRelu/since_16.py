"""Network converted by MindConverter from ONNX opset 16.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

from mindspore import nn, ops


class Since16(nn.Cell):
    def construct(self, x):
        """Shapes: (2, 3) -> (2, 3)."""
        return ops.leaky_relu(x, 1.5)


MindSporeModel = Since16
