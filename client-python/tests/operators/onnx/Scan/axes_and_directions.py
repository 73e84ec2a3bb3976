"""Network converted by MindConverter from ONNX opset 16.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

from mindspore import nn, ops


class AxesAndDirections(nn.Cell):
    def construct(self, h0, x, z):
        """Shapes: (2), (2, 4), (4, 2) -> (2), (4, 2), (2, 4)."""
        h = h0
        o = []
        u = []
        for t in range(4):
            p = x[:, 3 - t]
            q = z[t]
            t_1 = p * q
            s2 = h + t_1
            o.append(-s2)
            u.append(h)
            h = s2
        y = ops.stack(o[::-1])
        w = ops.stack(u, 1)
        return h, y, w


MindSporeModel = AxesAndDirections
