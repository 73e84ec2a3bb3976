"""Network converted by MindConverter from ONNX opset 11.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

from mindspore import nn, ops


class Scaled(nn.Cell):
    def construct(self, x, w, b):
        """Shapes: (4, 3), (5, 4), (3, 1) -> (3, 5)."""
        return ops.matmul(x.transpose((1, 0)), w.transpose((1, 0))) * 0.5 + b * 2.0


MindSporeModel = Scaled
