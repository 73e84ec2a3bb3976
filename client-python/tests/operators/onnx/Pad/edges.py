"""Network converted by MindConverter from ONNX opset 11.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

from mindspore import nn, ops


class Edges(nn.Cell):
    def construct(self, x):
        """Shapes: (N, 2, S) -> (N, 2, S + 5)."""
        return ops.pad(x, (2, 3), mode="replicate")


MindSporeModel = Edges
