"""Network converted by MindConverter from ONNX opset 12.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

import mindspore as ms
from mindspore import Parameter, nn, ops


class HeadsApart(nn.Cell):
    def __init__(self):
        super().__init__()
        self.w = Parameter(ops.zeros((4, 2, 3), ms.float32))

    def construct(self, x):
        """Shapes: (N, S, 4) -> (N, S, 2, 3)."""
        product = ops.matmul(x, self.w.flatten(start_dim=1))
        return product.reshape((x.shape[0], x.shape[1], 2, 3))


MindSporeModel = HeadsApart
