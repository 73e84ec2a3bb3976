"""Network converted by MindConverter from ONNX opset 20.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

from mindspore import nn, ops


class OfASoftmax(nn.Cell):
    def construct(self, m):
        masked = ops.amax(m, -1, keepdims=True) == float("-inf")
        scores = ops.where(masked, 0.0, m)
        p = ops.where(masked, float("nan"), ops.softmax(scores, -1))
        p = ops.isnan(p)
        return p


MindSporeModel = OfASoftmax
