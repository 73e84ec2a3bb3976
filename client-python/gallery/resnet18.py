"""Network converted by MindConverter 0.1.0 from ONNX opset 20, made by pytorch 2.15.0+cu132.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

from mindspore import nn


class BasicBlock(nn.Cell):
    """torchvision.models.resnet.BasicBlock, such as layer1.0."""

    def __init__(self, in_channels, out_channels, stride=1):
        super().__init__()
        self.conv1 = nn.Conv2d(
            in_channels,
            out_channels,
            kernel_size=3,
            stride=stride,
            pad_mode="pad",
            padding=1,
        )
        self.bn1 = nn.BatchNorm2d(out_channels)
        self.relu = nn.ReLU()
        self.conv2 = nn.Conv2d(out_channels, out_channels, kernel_size=3, pad_mode="pad", padding=1)
        self.bn2 = nn.BatchNorm2d(out_channels)
        self.downsample = None
        if in_channels != out_channels:
            self.downsample = nn.SequentialCell(
                nn.Conv2d(in_channels, in_channels * 2, kernel_size=1, stride=2, pad_mode="valid"),
                nn.BatchNorm2d(in_channels * 2),
            )

    def construct(self, x):
        """Shapes in layer1.0: (2, 64, 16, 16) -> (2, 64, 16, 16)."""
        out = self.conv1(x)
        out = self.bn1(out)
        out = self.relu(out)
        out = self.conv2(out)
        out = self.bn2(out)
        if self.downsample is not None:
            x = self.downsample(x)
        out = out + x
        return self.relu(out)


class ResNet(nn.Cell):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 64, kernel_size=7, stride=2, pad_mode="pad", padding=3)
        self.bn1 = nn.BatchNorm2d(64)
        self.relu = nn.ReLU()
        self.maxpool = nn.MaxPool2d(kernel_size=3, stride=2, pad_mode="pad", padding=1)
        self.layer1 = nn.SequentialCell(BasicBlock(64, 64), BasicBlock(64, 64))
        self.layer2 = nn.SequentialCell(BasicBlock(64, 128, stride=2), BasicBlock(128, 128))
        self.layer3 = nn.SequentialCell(BasicBlock(128, 256, stride=2), BasicBlock(256, 256))
        self.layer4 = nn.SequentialCell(BasicBlock(256, 512, stride=2), BasicBlock(512, 512))
        self.fc = nn.Dense(512, 10)

    def construct(self, x):
        """Shapes: (2, 3, 64, 64) -> (2, 10)."""
        x = self.conv1(x)
        x = self.bn1(x)
        x = self.relu(x)
        x = self.maxpool(x)
        x = self.layer1(x)
        x = self.layer2(x)
        x = self.layer3(x)
        x = self.layer4(x)
        x = x.mean((2, 3), keep_dims=True)
        x = x.flatten(start_dim=1)
        return self.fc(x)


MindSporeModel = ResNet
