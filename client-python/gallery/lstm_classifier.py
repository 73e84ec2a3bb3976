"""Network converted by MindConverter 0.1.0 from ONNX opset 20, made by pytorch 2.15.0+cu132.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

from mindspore import nn


class LSTM(nn.LSTM):
    """torch.nn.modules.rnn.LSTM, such as rnn."""

    def __init__(self):
        super().__init__(16, 24, bidirectional=True)
        self.lstm = nn.LSTM(48, 24, bidirectional=True)

    def construct(self, x):
        """Shapes in rnn: (2, 9, 16) -> (2, 9, 48)."""
        x = x.transpose((1, 0, 2))
        recurrent = super().construct(x)
        lstm = recurrent[0].reshape((9, 2, 2, 24)).transpose((0, 2, 1, 3))
        lstm = lstm.transpose((0, 2, 1, 3))
        lstm = lstm.flatten(start_dim=2)
        recurrent_1 = self.lstm(lstm)
        lstm_1 = recurrent_1[0].reshape((9, 2, 2, 24)).transpose((0, 2, 1, 3))
        lstm_1 = lstm_1.transpose((0, 2, 1, 3))
        lstm_1 = lstm_1.flatten(start_dim=2)
        return lstm_1.transpose((1, 0, 2))


class LstmClassifier(nn.Cell):
    def __init__(self):
        super().__init__()
        self.embedding = nn.Embedding(100, 16)
        self.rnn = LSTM()
        self.head = nn.Dense(48, 5)

    def construct(self, text):
        """Shapes: (2, 9) -> (2, 5)."""
        states = self.embedding(text)
        states = self.rnn(states)
        answer = states[:, -1]
        return self.head(answer)


MindSporeModel = LstmClassifier
