"""Network converted by MindConverter from ONNX opset 18.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

from mindspore import nn, ops


class OfAnySize(nn.Cell):
    def construct(self, x):
        parts = ops.split(
            x,
            [
                min(x.shape[1], (x.shape[1] + 1) // 2),
                min(x.shape[1] - min(x.shape[1], (x.shape[1] + 1) // 2), (x.shape[1] + 1) // 2),
            ],
            1,
        )
        a = parts[0]
        b = parts[1]
        return a, b


MindSporeModel = OfAnySize
