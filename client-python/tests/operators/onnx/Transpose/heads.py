"""Network converted by MindConverter from ONNX opset 21.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

from mindspore import nn


class Heads(nn.Cell):
    def construct(self, x):
        """Shapes: (N, S, 2, 3) -> (N, 2, S, 3)."""
        return x.transpose((0, 2, 1, 3))


MindSporeModel = Heads
