"""Network converted by MindConverter from ONNX opset 21.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

from mindspore import nn


class Windows(nn.Cell):
    def construct(self, x):
        """Shapes: (N, 4, 6, 3) -> (6*N, 2, 2, 3)."""
        x = x.reshape((-1, 2, 2, 3, 2, 3))
        x = x.transpose((0, 1, 3, 2, 4, 5))
        return x.reshape((-1, 2, 2, 3))


MindSporeModel = Windows
