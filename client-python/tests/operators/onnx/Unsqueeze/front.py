"""Network converted by MindConverter from ONNX opset 24.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

from mindspore import nn


class Front(nn.Cell):
    def construct(self, x):
        """Shapes: (N) -> (1, 1, N)."""
        return x.expand_dims(0).expand_dims(1)


MindSporeModel = Front
