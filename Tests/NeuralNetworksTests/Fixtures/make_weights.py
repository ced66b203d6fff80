"""Saves the weights of a PyTorch network, and what the network makes of an input.

    python make_weights.py OUTPUT_FOLDER

weights.safetensors is `save_file(model.state_dict(), ...)` and nothing else;
weights-output.safetensors holds an input x and the output y in inference. Needs torch and
safetensors (written with torch 2.13 and safetensors 0.8).
"""

import pathlib
import sys

import torch
from safetensors.torch import save_file
from torch import nn

folder = pathlib.Path(sys.argv[1])
torch.manual_seed(10)
model = nn.Sequential(
    nn.Conv2d(1, 4, 3, padding=1, padding_mode="reflect"),
    nn.BatchNorm2d(4),
    nn.LeakyReLU(0.125),
    nn.MaxPool2d(2),
    nn.ConvTranspose2d(4, 2, 3, stride=2, padding=1, output_padding=1),
    nn.Tanh(),
    nn.Flatten(),
    nn.Linear(2 * 8 * 6, 5),
)
x = torch.rand(3, 1, 8, 6) * 2 - 1
model(x)  # Once in training, so that the running statistics are not the initial ones.
model.eval()
save_file(model.state_dict(), folder / "weights.safetensors")
save_file({"x": x, "y": model(x).detach()}, folder / "weights-output.safetensors")
