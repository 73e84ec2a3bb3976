"""Network converted by MindConverter 0.1.0 from ONNX opset 20, made by pytorch 2.15.0+cu132.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

from mindspore import nn, ops


class UNet(nn.Cell):
    def __init__(self):
        super().__init__()
        self.down1 = nn.SequentialCell(
            nn.Conv2d(3, 8, kernel_size=3, pad_mode="pad", padding=1, has_bias=True),
            nn.BatchNorm2d(8),
            nn.ReLU(),
            nn.Conv2d(8, 8, kernel_size=3, pad_mode="pad", padding=1, has_bias=True),
            nn.BatchNorm2d(8),
            nn.ReLU(),
        )
        self.maxpool = nn.MaxPool2d(kernel_size=2, stride=2)
        self.down2 = nn.SequentialCell(
            nn.Conv2d(8, 16, kernel_size=3, pad_mode="pad", padding=1, has_bias=True),
            nn.BatchNorm2d(16),
            nn.ReLU(),
            nn.Conv2d(16, 16, kernel_size=3, pad_mode="pad", padding=1, has_bias=True),
            nn.BatchNorm2d(16),
            nn.ReLU(),
        )
        self.maxpool_1 = nn.MaxPool2d(kernel_size=2, stride=2)
        self.middle = nn.SequentialCell(
            nn.Conv2d(16, 32, kernel_size=3, pad_mode="pad", padding=1, has_bias=True),
            nn.BatchNorm2d(32),
            nn.ReLU(),
            nn.Conv2d(32, 32, kernel_size=3, pad_mode="pad", padding=1, has_bias=True),
            nn.BatchNorm2d(32),
            nn.ReLU(),
        )
        self.up2 = nn.Conv2dTranspose(
            32,
            16,
            kernel_size=2,
            stride=2,
            pad_mode="pad",
            has_bias=True,
        )
        self.join2 = nn.SequentialCell(
            nn.Conv2d(32, 16, kernel_size=3, pad_mode="pad", padding=1, has_bias=True),
            nn.BatchNorm2d(16),
            nn.ReLU(),
            nn.Conv2d(16, 16, kernel_size=3, pad_mode="pad", padding=1, has_bias=True),
            nn.BatchNorm2d(16),
            nn.ReLU(),
        )
        self.up1 = nn.Conv2dTranspose(16, 8, kernel_size=2, stride=2, pad_mode="pad", has_bias=True)
        self.join1 = nn.SequentialCell(
            nn.Conv2d(16, 8, kernel_size=3, pad_mode="pad", padding=1, has_bias=True),
            nn.BatchNorm2d(8),
            nn.ReLU(),
            nn.Conv2d(8, 8, kernel_size=3, pad_mode="pad", padding=1, has_bias=True),
            nn.BatchNorm2d(8),
            nn.ReLU(),
        )
        self.out = nn.Conv2d(8, 2, kernel_size=1, pad_mode="valid", has_bias=True)

    def construct(self, image):
        """Shapes: (1, 3, 32, 32) -> (1, 2, 32, 32)."""
        fine = self.down1(image)
        coarse = self.maxpool(fine)
        coarse = self.down2(coarse)
        middle = self.maxpool_1(coarse)
        middle = self.middle(middle)
        middle = self.up2(middle)
        coarse = ops.cat((middle, coarse), 1)
        coarse = self.join2(coarse)
        coarse = self.up1(coarse)
        fine = ops.cat((coarse, fine), 1)
        fine = self.join1(fine)
        fine = self.out(fine)
        return ops.sigmoid(fine)


MindSporeModel = UNet
