"""Network converted by MindConverter from ONNX opset 13.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

from mindspore import nn, ops


class ComputedSizes(nn.Cell):
    def construct(self, x, s):
        """Shapes: (2, 6), (3) -> (2, a.d1), (2, b.d1), (2, c.d1)."""
        ends = ops.cumsum(s, 0)
        a = x[:, :ends[0]]
        b = x[:, ends[0]:ends[1]]
        c = x[:, ends[1]:ends[2]]
        return a, b, c


MindSporeModel = ComputedSizes
