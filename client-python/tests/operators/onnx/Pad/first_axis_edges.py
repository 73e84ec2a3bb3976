"""Network converted by MindConverter from ONNX opset 13.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

from mindspore import nn, ops


class FirstAxisEdges(nn.Cell):
    def construct(self, x):
        """Shapes: (N, 3) -> (N + 3, 4)."""
        padded = ops.cat((x[:1].tile((2, 1)), x, x[-1:]), 0)
        return ops.cat((padded, padded[:, -1:]), 1)


MindSporeModel = FirstAxisEdges
