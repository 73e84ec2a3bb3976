"""Network converted by MindConverter from ONNX opset 13.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

from mindspore import nn, ops


class Computed(nn.Cell):
    def construct(self, x, i):
        """Shapes: (N, 5, 2), (3) -> (N, 3, 2)."""
        indices = ops.where(i < 0, i + 5, i)
        return ops.gather(x, indices, 1)


MindSporeModel = Computed
