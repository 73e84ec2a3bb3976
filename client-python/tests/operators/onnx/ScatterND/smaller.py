"""Network converted by MindConverter from ONNX opset 18.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

from mindspore import nn, ops


class Smaller(nn.Cell):
    def construct(self, x, i, u):
        """Shapes: (4), (3, 1), (3) -> (4)."""
        indices = ops.where(i < 0, i + 4, i)
        return ops.tensor_scatter_min(x, indices, u)


MindSporeModel = Smaller
