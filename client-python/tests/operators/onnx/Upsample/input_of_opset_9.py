"""Network converted by MindConverter from ONNX opset 9.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

import mindspore as ms
from mindspore import Parameter, nn, ops


class InputOfOpset9(nn.Cell):
    def __init__(self):
        super().__init__()
        self.weights = ms.Tensor(
            [
                [1.0, 0.0, 0.0, 0.0, 0.0],
                [0.5, 0.5, 0.0, 0.0, 0.0],
                [0.0, 1.0, 0.0, 0.0, 0.0],
                [0.0, 0.5, 0.5, 0.0, 0.0],
                [0.0, 0.0, 1.0, 0.0, 0.0],
                [0.0, 0.0, 0.5, 0.5, 0.0],
                [0.0, 0.0, 0.0, 1.0, 0.0],
                [0.0, 0.0, 0.0, 0.5, 0.5],
                [0.0, 0.0, 0.0, 0.0, 1.0],
                [0.0, 0.0, 0.0, 0.0, 1.0],
            ],
            ms.float32,
        )
        self.weights_1 = Parameter(ops.zeros((18, 6), ms.float32), requires_grad=False)

    def construct(self, x):
        """Shapes: (1, 2, 5, 6) -> (1, 2, 10, 18)."""
        resized = ops.matmul(self.weights, x)
        return ops.matmul(resized, self.weights_1.transpose((1, 0)))


MindSporeModel = InputOfOpset9
