"""Network converted by MindConverter from ONNX opset 15.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

from mindspore import nn, ops


class Since15(nn.Cell):
    def construct(self, x):
        """Shapes: (2) -> (2)."""
        return ops.relu(x)


MindSporeModel = Since15
