"""Writes sample.safetensors with the Python package: one small tensor of every type that is read.

    python make-safetensors.py FOLDER

Needs safetensors, NumPy and PyTorch (for bfloat16).
"""

import sys

import numpy as np
import safetensors
import torch
from safetensors.torch import save_file

save_file(
    {
        "weight": torch.arange(12, dtype=torch.float32).reshape(2, 3, 2) / 7,
        "edge": torch.tensor([0.0, -0.0, 1e-45, 3.4028235e38, float("inf"), -1.5]),
        "scalar": torch.tensor(2.5),
        "empty": torch.zeros(0, 3),
        "double": torch.tensor([0.1, -1e300], dtype=torch.float64),
        "half": torch.tensor([1.0, -2.5, 6e-8, 65504.0, float("inf")], dtype=torch.float16),
        "brain": torch.tensor([1.0, -3.140625, 1e38], dtype=torch.bfloat16),
        "long": torch.tensor([-(2**40), 7], dtype=torch.int64),
        "int": torch.tensor([-5, 70000], dtype=torch.int32),
        "short": torch.tensor([-300, 300], dtype=torch.int16),
        "byte": torch.tensor([0, 200], dtype=torch.uint8),
        "signed byte": torch.tensor([-100, 100], dtype=torch.int8),
        "flags": torch.tensor([True, False]),
    },
    sys.argv[1] + "/sample.safetensors",
    # One key only: the package keeps metadata in a hash map and writes it in no fixed order.
    metadata={"made with": f'safetensors {safetensors.__version__}, "quoted", \\ ünïcödé 🦒\n'},
)
