"""Network converted by MindConverter from ONNX opset 12.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

from mindspore import nn


class Elements(nn.Cell):
    def construct(self, a, b):
        """Shapes: (N, 3), (N, 4) -> (N, 4, 3)."""
        return (a.expand_dims(-1) * b.expand_dims(1)).transpose((0, 2, 1))


MindSporeModel = Elements
