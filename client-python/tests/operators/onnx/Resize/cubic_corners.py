"""Network converted by MindConverter from ONNX opset 13.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

import mindspore as ms
from mindspore import nn, ops


class CubicCorners(nn.Cell):
    def __init__(self):
        super().__init__()
        self.weights = ms.Tensor(
            [
                [1.0, 0.0, 0.0, 0.0, 0.0],
                [0.41982505, 0.68513125, -0.10495627, 0.0, 0.0],
                [-0.07871722, 0.95772594, 0.13411084, -0.013119542, 0.0],
                [-0.043731775, 0.30758014, 0.84548104, -0.10932945, 0.0],
                [0.0, -0.109329455, 0.845481, 0.30758032, -0.043731805],
                [0.0, -0.0131195225, 0.13411072, 0.957726, -0.07871718],
                [0.0, 0.0, -0.10495626, 0.68513113, 0.4198251],
                [0.0, 0.0, 0.0, 0.0, 1.0],
            ],
            ms.float32,
        )
        self.weights_1 = ms.Tensor(
            [
                [1.0, 0.0, 0.0, 0.0, 0.0, 0.0],
                [0.36035156, 0.7495117, -0.10986328, 0.0, 0.0, 0.0],
                [-0.10546875, 0.87890625, 0.26171875, -0.03515625, 0.0, 0.0],
                [-0.010253906, 0.114746094, 0.96728516, -0.071777344, 0.0, 0.0],
                [0.0, -0.09375, 0.59375, 0.59375, -0.09375, 0.0],
                [0.0, 0.0, -0.071777344, 0.96728516, 0.114746094, -0.010253906],
                [0.0, 0.0, -0.03515625, 0.26171875, 0.87890625, -0.10546875],
                [0.0, 0.0, 0.0, -0.10986328, 0.7495117, 0.36035156],
                [0.0, 0.0, 0.0, 0.0, 0.0, 1.0],
            ],
            ms.float32,
        )

    def construct(self, x):
        """Shapes: (1, 2, 5, 6) -> (1, 2, 8, 9)."""
        resized = ops.matmul(self.weights, x)
        return ops.matmul(resized, self.weights_1.transpose((1, 0)))


MindSporeModel = CubicCorners
