"""What PyTorch computes for the layers, losses and helpers beyond images, with all gradients.

    python make_reach.py OUTPUT_FOLDER

writes OUTPUT_FOLDER/reach.safetensors: for each case its inputs ("case/x", parameters by name, "case/dy"),
and what PyTorch makes of them in float64 ("case/y", "case/dx", "case/d" and the parameter's name). Needs
torch, numpy and safetensors; their versions are recorded in the file's metadata.
"""

import pathlib
import sys

import numpy
import safetensors
import torch
import torch.nn.functional as F
from safetensors.torch import save_file

torch.manual_seed(15)
tensors = {}


def draw(*shape):
    return torch.empty(shape, dtype=torch.float64).uniform_(-1, 1).to(torch.float32).to(torch.float64)


def case(name, rule, x, **parameters):
    leaves = {"x": x} | parameters
    for leaf in leaves.values():
        leaf.requires_grad_(True)
    y = rule(*leaves.values())
    dy = draw(*y.shape)
    gradients = torch.autograd.grad(y, list(leaves.values()), dy)
    results = leaves | {"dy": dy, "y": y} | {f"d{n}": g for n, g in zip(leaves, gradients)}
    for key, value in results.items():
        tensors[f"{name}/{key}"] = value.detach().to(torch.float32).contiguous()


case("layerNorm", lambda x, w, b: F.layer_norm(x, (4, 5), w, b), draw(3, 2, 4, 5), weight=draw(4, 5), bias=draw(4, 5))
case("layerNormRow", lambda x, w, b: F.layer_norm(x, (7,), w, b), draw(6, 7), weight=draw(7), bias=draw(7))
case("batchNormRows", lambda x, w, b: F.batch_norm(x, None, None, w, b, True), draw(6, 3), weight=draw(3), bias=draw(3))
case("batchNormSequence", lambda x, w, b: F.batch_norm(x, None, None, w, b, True), draw(4, 3, 5), weight=draw(3), bias=draw(3))
case("conv1D", lambda x, w, b: F.conv1d(x, w, b, stride=2, padding=3, dilation=2), draw(3, 4, 17), weight=draw(5, 4, 3), bias=draw(5))
case("conv1DGroups", lambda x, w, b: F.conv1d(x, w, b, groups=2), draw(2, 4, 9), weight=draw(6, 2, 4), bias=draw(6))
case("adaptive", lambda x: F.adaptive_avg_pool2d(x, (3, 4)), draw(2, 3, 7, 10))
case("adaptiveLarger", lambda x: F.adaptive_avg_pool2d(x, (5, 2)), draw(2, 1, 3, 4))
case("softmax", lambda x: torch.softmax(3 * x, -1), draw(2, 3, 5))
case("matmul", lambda x, w: x @ w, draw(2, 1, 3, 4), w=draw(3, 4, 5))
case("broadcast", lambda x, w: x * w + w, draw(2, 3, 4), w=draw(3, 1))
case("permute", lambda x: x.permute(2, 0, 3, 1), draw(2, 3, 4, 5))
case("sums", lambda x: x.sum((0, 2)), draw(2, 3, 4, 5))

targets = draw(4, 3)
for name, rule in [
    ("binary", lambda x: F.binary_cross_entropy_with_logits(40 * x, (targets + 1) / 2)),
    ("huber", lambda x: F.huber_loss(3 * x, targets, delta=0.7)),
    ("smoothed", lambda x: F.cross_entropy(5 * x, torch.tensor([0, 2, 1, 1]), label_smoothing=0.2)),
]:
    x = draw(4, 3).requires_grad_(True)
    value = rule(x)
    (gradient,) = torch.autograd.grad(value, [x])
    tensors[f"{name}/x"] = x.detach().float()
    tensors[f"{name}/targets"] = targets.float()
    tensors[f"{name}/y"] = value.detach().float()
    tensors[f"{name}/dx"] = gradient.float()
# Per pixel: logits (N, C, H, W), labels (N, H, W).
x = draw(2, 3, 2, 2).requires_grad_(True)
labels = torch.tensor([0, 1, 2, 2, 1, 0, 1, 2]).reshape(2, 2, 2)
value = F.cross_entropy(x, labels)
(gradient,) = torch.autograd.grad(value, [x])
tensors |= {"pixels/x": x.detach().float(), "pixels/y": value.detach().float(), "pixels/dx": gradient.float()}


def attention(x, query, key, value):
    q, k, v = x @ query, x @ key, x @ value
    return torch.softmax(q @ k.transpose(-1, -2) / query.shape[1] ** 0.5, -1) @ v


case("attention", attention, draw(2, 5, 4), query=draw(4, 3), key=draw(4, 3), value=draw(4, 6))

cell = torch.nn.RNN(3, 4, batch_first=True, dtype=torch.float64)


def recurrent(x, input, hidden, bias):
    h = torch.zeros(x.shape[0], 4, dtype=torch.float64)
    for t in range(x.shape[1]):
        h = torch.tanh(x[:, t] @ input.T + h @ hidden.T + bias)
    return h


weights = [p.detach().clone() for p in cell.parameters()]
case("recurrent", recurrent, draw(2, 6, 3), input=weights[0], hidden=weights[1], bias=weights[2] + weights[3])
_, last = cell(tensors["recurrent/x"].double())
assert (last[0] - tensors["recurrent/y"]).abs().max() < 1e-6  # the loop is torch's own RNN

# A limit on the gradient's length, and an average of weights.
parameters = [torch.nn.Parameter(draw(3, 2)), torch.nn.Parameter(draw(4))]
for p in parameters:
    p.grad = draw(*p.shape) * 3
tensors |= {f"clip/{i}": p.grad.float().clone() for i, p in enumerate(parameters)}
norm = torch.nn.utils.clip_grad_norm_(parameters, 1.5)
tensors |= {f"clip/d{i}": p.grad.float().clone() for i, p in enumerate(parameters)}
tensors["clip/norm"] = norm.float()
model = torch.nn.Linear(2, 2, bias=False, dtype=torch.float64)
average = torch.optim.swa_utils.AveragedModel(
    model, multi_avg_fn=torch.optim.swa_utils.get_ema_multi_avg_fn(0.9))
for step in range(4):
    with torch.no_grad():
        model.weight.copy_(draw(2, 2))
    tensors[f"average/{step}"] = model.weight.detach().float()
    average.update_parameters(model)
tensors["average/y"] = average.module.weight.detach().float()

# Sampling at places counted in pixels.
x, rows, columns = draw(2, 2, 5, 6), draw(2, 3, 4) * 4 + 2, draw(2, 3, 4) * 5 + 2.5
grid = torch.stack([2 * columns / 5 - 1, 2 * rows / 4 - 1], -1)
y = F.grid_sample(x, grid, align_corners=True)
tensors |= {"sample/x": x.float(), "sample/rows": rows.float(), "sample/columns": columns.float(), "sample/y": y.float()}

# Cases that came later stand last, so that the numbers of those above stay what they are.
case("adaptiveMax", lambda x: F.adaptive_max_pool2d(x, (3, 4)), draw(2, 3, 7, 10))
case("adaptiveMaxLarger", lambda x: F.adaptive_max_pool2d(x, (5, 2)), draw(2, 1, 3, 4))
case("adaptiveMaxEqual", lambda x: F.adaptive_max_pool2d(x, (2, 3)), (draw(2, 2, 5, 5) * 1.5).round())
body = [draw(3, 3, 3, 3), draw(3)]
case("residual", lambda x, w, b: x + torch.relu(F.conv2d(x, w, b, padding=1)), draw(2, 3, 5, 4), weight=body[0], bias=body[1])

# Two rules for one network: no decay on what is no matrix, another rate for it. The state is saved
# in the middle and loaded into new optimizers.
model = torch.nn.Sequential(torch.nn.Linear(3, 4, dtype=torch.float64), torch.nn.Linear(4, 2, dtype=torch.float64))
for i, p in enumerate(model.parameters()):
    with torch.no_grad():
        p.copy_(draw(*p.shape))
    tensors[f"groups/{i}"] = p.detach().float().clone()


def rule():
    matrices = [p for p in model.parameters() if p.ndim > 1]
    others = [p for p in model.parameters() if p.ndim == 1]
    return torch.optim.AdamW([{"params": matrices, "weight_decay": 0.1}, {"params": others, "weight_decay": 0, "lr": 0.02}], lr=0.05)


optimizer = rule()
for step in range(6):
    for i, p in enumerate(model.parameters()):
        p.grad = draw(*p.shape)
        tensors[f"groups/{step}/{i}"] = p.grad.float()
    optimizer.step()
    if step == 2:
        state = optimizer.state_dict()
        optimizer = rule()
        optimizer.load_state_dict(state)
for i, p in enumerate(model.parameters()):
    tensors[f"groups/y{i}"] = p.detach().float().clone()

versions = {"torch": torch.__version__, "numpy": numpy.__version__, "safetensors": safetensors.__version__}
save_file({k: v.clone() for k, v in tensors.items()}, pathlib.Path(sys.argv[1]) / "reach.safetensors", versions)
print(len(tensors), "tensors")
