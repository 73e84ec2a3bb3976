"""Network converted by MindConverter from ONNX opset 25.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

from mindspore import nn, ops


class Since25(nn.Cell):
    def construct(self, h0, x):
        """Shapes: (2), (3, 2) -> (2), (3, 2)."""
        h = h0
        o = []
        for t in range(3):
            r = x[t]
            s2 = h + r
            o.append(s2 * r)
            h = s2
        y = ops.stack(o)
        return h, y


MindSporeModel = Since25
