"""Network converted by MindConverter from ONNX opset 18.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

from mindspore import nn, ops


class OfChosen(nn.Cell):
    def construct(self, x, c):
        """Shapes: (3, 2), (3) -> (1, 2)."""
        x = ops.gather(x, ops.nonzero(c).reshape(-1), 0)
        x = ops.pad(x, (0, 0, 0, 1), value=float("-inf"))
        return ops.amax(x, 0, keepdims=True)


MindSporeModel = OfChosen
