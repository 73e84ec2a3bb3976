"""Network converted by MindConverter from ONNX opset 15.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

from mindspore import nn, ops


class Since1(nn.Cell):
    def construct(self, x, i, s):
        """Shapes: (N, 4), (1, 3), (5) -> (N, 3), (1, 3)."""
        x = ops.gather(x, i.flatten(), 1)
        z = ops.expand_dims(ops.gather(s, i.flatten(), 0), 0)
        return x, z


MindSporeModel = Since1
