"""Network converted by MindConverter 0.1.0 from ONNX opset 20, made by pytorch 2.15.0+cu132.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

from mindspore import nn


class SqueezeExcitation(nn.Cell):
    """torchvision.ops.misc.SqueezeExcitation, such as features.1.block.1."""

    def __init__(self, channels, mid_channels):
        super().__init__()
        self.fc1 = nn.Conv2d(channels, mid_channels, kernel_size=1, pad_mode="valid", has_bias=True)
        self.activation = nn.ReLU()
        self.fc2 = nn.Conv2d(mid_channels, channels, kernel_size=1, pad_mode="valid", has_bias=True)
        self.scale_activation = nn.HSigmoid()

    def construct(self, x):
        """Shapes in features.1.block.1: (1, 16, 16, 16) -> (1, 16, 16, 16)."""
        scale = x.mean((2, 3), keep_dims=True)
        scale = self.fc1(scale)
        scale = self.activation(scale)
        scale = self.fc2(scale)
        scale = self.scale_activation(scale)
        return scale * x


class InvertedResidual(nn.Cell):
    """torchvision.models.mobilenetv3.InvertedResidual, such as features.1."""

    def __init__(
        self,
        in_channels,
        mid_channels,
        out_channels,
        kernel_size,
        activation,
        squeeze_channels=None,
        stride=1,
        residual=False,
    ):
        super().__init__()
        self.residual = residual
        layers = []
        if in_channels != mid_channels:
            layers.append(
                nn.SequentialCell(
                    nn.Conv2d(in_channels, mid_channels, kernel_size=1, pad_mode="valid"),
                    nn.BatchNorm2d(mid_channels, eps=0.001, momentum=0.99),
                    activation(),
                ),
            )
        layers.append(
            nn.SequentialCell(
                nn.Conv2d(
                    mid_channels,
                    mid_channels,
                    kernel_size=kernel_size,
                    stride=stride,
                    pad_mode="pad",
                    padding=kernel_size // 2,
                    group=mid_channels,
                ),
                nn.BatchNorm2d(mid_channels, eps=0.001, momentum=0.99),
                activation(),
            ),
        )
        if squeeze_channels is not None:
            layers.append(SqueezeExcitation(mid_channels, squeeze_channels))
        layers.append(
            nn.SequentialCell(
                nn.Conv2d(mid_channels, out_channels, kernel_size=1, pad_mode="valid"),
                nn.BatchNorm2d(out_channels, eps=0.001, momentum=0.99),
            ),
        )
        self.block = nn.SequentialCell(*layers)

    def construct(self, x):
        """Shapes in features.1: (1, 16, 32, 32) -> (1, 16, 16, 16)."""
        result = self.block(x)
        if self.residual:
            result = result + x
        return result


class MobileNetV3(nn.Cell):
    def __init__(self):
        super().__init__()
        self.features = nn.SequentialCell(
            nn.SequentialCell(
                nn.Conv2d(3, 16, kernel_size=3, stride=2, pad_mode="pad", padding=1),
                nn.BatchNorm2d(16, eps=0.001, momentum=0.99),
                nn.HSwish(),
            ),
            InvertedResidual(16, 16, 16, 3, nn.ReLU, squeeze_channels=8, stride=2),
            InvertedResidual(16, 72, 24, 3, nn.ReLU, stride=2),
            InvertedResidual(24, 88, 24, 3, nn.ReLU, residual=True),
            InvertedResidual(24, 96, 40, 5, nn.HSwish, squeeze_channels=24, stride=2),
            InvertedResidual(40, 240, 40, 5, nn.HSwish, squeeze_channels=64, residual=True),
            InvertedResidual(40, 240, 40, 5, nn.HSwish, squeeze_channels=64, residual=True),
            InvertedResidual(40, 120, 48, 5, nn.HSwish, squeeze_channels=32),
            InvertedResidual(48, 144, 48, 5, nn.HSwish, squeeze_channels=40, residual=True),
            InvertedResidual(48, 288, 96, 5, nn.HSwish, squeeze_channels=72, stride=2),
            InvertedResidual(96, 576, 96, 5, nn.HSwish, squeeze_channels=144, residual=True),
            InvertedResidual(96, 576, 96, 5, nn.HSwish, squeeze_channels=144, residual=True),
            nn.SequentialCell(
                nn.Conv2d(96, 576, kernel_size=1, pad_mode="valid"),
                nn.BatchNorm2d(576, eps=0.001, momentum=0.99),
                nn.HSwish(),
            ),
        )
        self.classifier = nn.SequentialCell(
            nn.Dense(576, 1024),
            nn.HSwish(),
            nn.Dropout(p=0.2),
            nn.Dense(1024, 10),
        )

    def construct(self, x):
        """Shapes: (1, 3, 64, 64) -> (1, 10)."""
        x = self.features(x)
        x = x.mean((2, 3), keep_dims=True)
        x = x.flatten(start_dim=1)
        return self.classifier(x)


MindSporeModel = MobileNetV3
