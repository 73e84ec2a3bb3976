"""Network converted by MindConverter from ONNX opset 7.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

from mindspore import nn


class EmbeddingOfOpset7(nn.Cell):
    def __init__(self):
        super().__init__()
        self.embedding = nn.Embedding(7, 4)

    def construct(self, x):
        """Shapes: (N, S) -> (N, S, 4)."""
        return self.embedding(x)


MindSporeModel = EmbeddingOfOpset7
