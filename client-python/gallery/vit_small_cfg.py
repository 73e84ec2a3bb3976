"""Network converted by MindConverter 0.1.0 from ONNX opset 20, made by pytorch 2.15.0+cu132.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

import mindspore as ms
from mindspore import Parameter, nn, ops


class MultiheadAttention(nn.Cell):
    """encoder.layers.encoder_layer_0.self_attention."""

    def __init__(self):
        super().__init__()
        self.out_proj = nn.Dense(64, 64)
        self.in_proj_weight = Parameter(ops.zeros((192, 64), ms.float32))
        self.in_proj_bias = Parameter(ops.zeros((192,), ms.float32))

    def construct(self, x):
        """Shapes in encoder.layers.encoder_layer_0.self_attention: (1, 17, 64) -> (1, 17, 64)."""
        x = x.transpose((1, 0, 2))
        x = ops.dense(x, self.in_proj_weight, self.in_proj_bias)
        x = x.reshape((17, 1, 3, 64))
        x = x.transpose((2, 0, 1, 3))
        select = x[0]
        select_1 = x[1]
        x = x[2]
        select = select.reshape((17, 4, 16))
        select = select.transpose((1, 0, 2))
        select_1 = select_1.reshape((17, 4, 16))
        select_1 = select_1.transpose((1, 0, 2))
        x = x.reshape((17, 4, 16))
        x = x.transpose((1, 0, 2))
        select = select.reshape((1, 4, 17, 16))
        select_1 = select_1.reshape((1, 4, 17, 16))
        x = x.reshape((1, 4, 17, 16))
        scores = ops.matmul(select, select_1.transpose((0, 1, 3, 2))) * 0.25
        select = ops.softmax(scores, -1)
        select = ops.matmul(select, x)
        select = select.transpose((2, 0, 1, 3))
        select = select.flatten(start_dim=1)
        select = self.out_proj(select)
        select = select.reshape((17, 1, 64))
        return select.transpose((1, 0, 2))


class EncoderBlock(nn.Cell):
    """encoder.layers.encoder_layer_0."""

    def __init__(self):
        super().__init__()
        self.ln_1 = nn.LayerNorm((64,), epsilon=1e-06)
        self.self_attention = MultiheadAttention()
        self.ln_2 = nn.LayerNorm((64,), epsilon=1e-06)
        self.mlp = nn.SequentialCell(
            nn.Dense(64, 96),
            nn.GELU(approximate=False),
            nn.Identity(),
            nn.Dense(96, 64),
        )

    def construct(self, x):
        """Shapes in encoder.layers.encoder_layer_0: (1, 17, 64) -> (1, 17, 64)."""
        ln_1 = self.ln_1(x)
        ln_1 = self.self_attention(ln_1)
        x = ln_1 + x
        y = self.ln_2(x)
        y = self.mlp(y)
        return x + y


class Sequential(nn.Cell):
    """torch.nn.modules.container.Sequential, such as encoder.layers."""

    def __init__(self):
        super().__init__()
        self.encoder_layer_0 = EncoderBlock()
        self.encoder_layer_1 = EncoderBlock()

    def construct(self, x):
        """Shapes in encoder.layers: (1, 17, 64) -> (1, 17, 64)."""
        input_ = self.encoder_layer_0(x)
        return self.encoder_layer_1(input_)


class Sequential2(nn.Cell):
    """torch.nn.modules.container.Sequential, such as heads."""

    def __init__(self):
        super().__init__()
        self.head = nn.Dense(64, 10)

    def construct(self, x):
        """Shapes in heads: (1, 64) -> (1, 10)."""
        return self.head(x)


class Encoder(nn.Cell):
    """torchvision.models.vision_transformer.Encoder, such as encoder."""

    def __init__(self):
        super().__init__()
        self.layers = Sequential()
        self.ln = nn.LayerNorm((64,), epsilon=1e-06)
        self.pos_embedding = Parameter(ops.zeros((1, 17, 64), ms.float32))

    def construct(self, x):
        """Shapes in encoder: (1, 17, 64) -> (1, 17, 64)."""
        input_ = x + self.pos_embedding
        input_ = self.layers(input_)
        return self.ln(input_)


class VisionTransformer(nn.Cell):
    def __init__(self):
        super().__init__()
        self.conv_proj = nn.Conv2d(
            3,
            64,
            kernel_size=16,
            stride=16,
            pad_mode="valid",
            has_bias=True,
        )
        self.encoder = Encoder()
        self.heads = Sequential2()
        self.class_token = Parameter(ops.zeros((1, 1, 64), ms.float32))

    def construct(self, x):
        """Shapes: (1, 3, 64, 64) -> (1, 10)."""
        x = self.conv_proj(x)
        x = x.flatten(start_dim=2)
        x = x.transpose((0, 2, 1))
        x = ops.cat((self.class_token, x), 1)
        x = self.encoder(x)
        x = x[:, 0]
        return self.heads(x)


MindSporeModel = VisionTransformer
