"""Network converted by MindConverter from ONNX opset 12.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

from mindspore import nn, ops


class RelativePositions(nn.Cell):
    def construct(self, x, r):
        """Shapes: (2, 3, 4, 5), (3, 6, 5) -> (2, 3, 4, 6)."""
        product = ops.matmul(x.transpose((1, 0, 2, 3)).reshape((3, 8, 5)), r.transpose((0, 2, 1)))
        return product.reshape((3, 2, 4, 6)).transpose((1, 0, 2, 3))


MindSporeModel = RelativePositions
