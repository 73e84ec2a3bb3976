"""Network converted by MindConverter from ONNX opset 13.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

from mindspore import nn, ops


class BackwardsToTheFirst(nn.Cell):
    def construct(self, x):
        """Shapes: (6, 2) -> (4, 2)."""
        return ops.gather(x, ops.arange(3, -1, -1), 0)


MindSporeModel = BackwardsToTheFirst
