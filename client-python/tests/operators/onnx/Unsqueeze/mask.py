"""Network converted by MindConverter from ONNX opset 25.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

from mindspore import nn


class Mask(nn.Cell):
    def construct(self, x):
        """Shapes: (N, S) -> (N, 1, 1, S)."""
        return x.expand_dims(1).expand_dims(2)


MindSporeModel = Mask
