#!/usr/bin/env python3
"""Trains the network of the digits lab's step "schedule" in PyTorch, once.

Started by the benchmark lab, once per seed, in turns with its own training:

    python3 digits.py THREADS FOLDER SEED EPOCHS BATCH RATE

FOLDER holds train-images, train-labels, test-images and test-labels: pixels as little-endian floats
in the order N×1×28×28, labels as bytes. Writes the seconds of the training, without loading, warming
up and reading the test images, the accuracy on those, and PyTorch's version.

The same network, first weights of the same distributions, the same optimizer and schedule; other
random numbers. Memory order is channels_last, the faster one of eager PyTorch in the steps of this lab.
"""

import math
import os
import sys
import time

threads, seed, epochs, batch = (int(sys.argv[i]) for i in (1, 3, 4, 5))
folder, peak = sys.argv[2], float(sys.argv[6])
if hasattr(os, "sched_setaffinity"):
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:threads])
os.environ["OMP_NUM_THREADS"] = str(threads)

import numpy
import torch
from torch import nn
from torch.nn import functional as F

torch.set_num_threads(threads)
torch.manual_seed(seed)


def load(name):
    pixels = numpy.fromfile(os.path.join(folder, name + "-images"), "<f4").reshape(-1, 1, 28, 28)
    labels = numpy.fromfile(os.path.join(folder, name + "-labels"), numpy.uint8).astype(numpy.int64)
    return torch.from_numpy(pixels), torch.from_numpy(labels)


def unit(inputs, outputs):
    convolution = nn.Conv2d(inputs, outputs, 3, padding=1, bias=False)
    nn.init.normal_(convolution.weight, std=math.sqrt(2 / (inputs * 9)))
    return nn.Sequential(convolution, nn.BatchNorm2d(outputs), nn.ReLU())


class Residual(nn.Module):
    def __init__(self, body):
        super().__init__()
        self.body = body

    def forward(self, x):
        return x + self.body(x)


def network():
    linear = nn.Linear(432, 10)
    nn.init.xavier_uniform_(linear.weight)
    nn.init.zeros_(linear.bias)
    return nn.Sequential(
        unit(1, 16), nn.MaxPool2d(2), unit(16, 24), Residual(unit(24, 24)), nn.MaxPool2d(2),
        unit(24, 48), Residual(unit(48, 48)), nn.MaxPool2d(2), nn.Flatten(), linear,
    ).to(memory_format=torch.channels_last)


def train(model, images, labels, steps, warm_up):
    def rate(step):
        if step < warm_up:
            return (step + 1) / warm_up
        return (1 + math.cos(math.pi * (step - warm_up) / (steps - warm_up))) / 2

    optimizer = torch.optim.AdamW(model.parameters(), lr=peak, weight_decay=0)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, rate)
    model.train()
    done = 0
    while done < steps:
        for chosen in torch.randperm(len(images)).split(batch):
            if done == steps:
                break
            optimizer.zero_grad()
            x = images[chosen].to(memory_format=torch.channels_last)
            F.cross_entropy(model(x), labels[chosen]).backward()
            optimizer.step()
            schedule.step()
            done += 1


images, labels = load("train")
train(network(), images, labels, 5, 1)
model = network()
steps = epochs * ((len(images) + batch - 1) // batch)
start = time.perf_counter()
train(model, images, labels, steps, steps // 20)
seconds = time.perf_counter() - start
model.eval()
images, labels = load("test")
with torch.no_grad():
    right = sum(
        (model(x.to(memory_format=torch.channels_last)).argmax(1) == y).sum().item()
        for x, y in zip(images.split(500), labels.split(500)))
print(seconds, right / len(images), torch.__version__.split("+")[0])
