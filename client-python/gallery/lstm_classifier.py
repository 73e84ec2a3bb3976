"""Network converted by MindConverter 0.1.0 from ONNX opset 20, made by pytorch 2.15.0+cu132.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

from mindspore import nn


class LstmClassifier(nn.Cell):
    def __init__(self):
        super().__init__()
        self.embedding = nn.Embedding(100, 16)
        self.rnn = nn.LSTM(16, 24, num_layers=2, batch_first=True, bidirectional=True)
        self.head = nn.Dense(48, 5)

    def construct(self, text):
        """Shapes: (2, 9) -> (2, 5)."""
        states = self.embedding(text)
        lstm, _ = self.rnn(states)
        answer = lstm[:, -1]
        return self.head(answer)


MindSporeModel = LstmClassifier
