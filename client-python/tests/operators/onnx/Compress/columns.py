"""Network converted by MindConverter from ONNX opset 11.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

from mindspore import nn, ops


class Columns(nn.Cell):
    def construct(self, x, c):
        """Shapes: (N, 4), (4) -> (N, y.d1)."""
        return ops.gather(x, ops.nonzero(c).reshape(-1), -1)


MindSporeModel = Columns
