"""Network converted by MindConverter from ONNX opset 13.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

from mindspore import nn, ops


class Since13(nn.Cell):
    def construct(self, x):
        """Shapes: (N, 3, 4) -> (N, 3, 4)."""
        centred = x - x.mean((2,), keep_dims=True)
        return centred / (ops.sqrt(ops.square(centred).mean((2,), keep_dims=True)) + 1e-09)


MindSporeModel = Since13
