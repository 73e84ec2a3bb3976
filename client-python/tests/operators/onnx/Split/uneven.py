"""Network converted by MindConverter from ONNX opset 18.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

from mindspore import nn, ops


class Uneven(nn.Cell):
    def construct(self, x):
        """Shapes: (7, N) -> (3, N), (3, N), (1, N)."""
        return ops.split(x, 3, 0)


MindSporeModel = Uneven
