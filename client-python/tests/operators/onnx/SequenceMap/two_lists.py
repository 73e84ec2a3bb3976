"""Network converted by MindConverter from ONNX opset 17.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

from mindspore import nn, ops


class TwoLists(nn.Cell):
    def construct(self, a, b, shift):
        """Shapes: (2), (2), (2) -> (2, 2), (2, 2)."""
        s = [a, b]
        r = [b, a]
        t = []
        u = []
        for i in range(len(s)):
            p = s[i] * r[i]
            t.append(p + shift)
            u.append(-r[i])
        t = ops.stack(t, 0)
        u = ops.stack(u, 0)
        return t, u


MindSporeModel = TwoLists
