"""Network converted by MindConverter from ONNX opset 21.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

from mindspore import nn, ops


class Computed(nn.Cell):
    def construct(self, x, s, b):
        """Shapes: (2, 4, 5), (4), (4) -> (2, 4, 5)."""
        return ops.group_norm(x, 4, s, b, 1e-05)


MindSporeModel = Computed
