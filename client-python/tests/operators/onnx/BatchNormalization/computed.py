"""Network converted by MindConverter from ONNX opset 15.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

from mindspore import nn, ops


class Computed(nn.Cell):
    def construct(self, x, s, b, m, v):
        """Shapes: (2, 4, T), (4), (4), (4), (4) -> (2, 4, T)."""
        scale = s / ops.sqrt(v + 1e-05)
        return (x - m.reshape((1, -1, 1))) * scale.reshape((1, -1, 1)) + b.reshape((1, -1, 1))


MindSporeModel = Computed
