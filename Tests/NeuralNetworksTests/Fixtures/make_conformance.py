"""Draws random layer configurations and records what PyTorch and TensorFlow compute for them.

    python make_conformance.py OUTPUT_FOLDER

writes OUTPUT_FOLDER/conformance.safetensors. Needs torch, tensorflow, numpy and safetensors; their
versions are recorded in the file's metadata.

Every case is computed in float64 by PyTorch, and once more by TensorFlow where TensorFlow can do it;
the script stops when the two differ by more than 1e-10 of the result's scale. (Keras's own Adam is the one rule
that only TensorFlow has.) Both also run in
float32, and their worst distance from float64 is recorded: the noise that a tolerance has to allow.

Inputs are not stored. Tests draw them again: SplitMix64 with the case's seed times 16 plus the
number of the tensor, each element -1 + 2 * (bits >> 40) * 2^-24. Results of up to 256 elements are
stored in full. Of longer ones 160 elements are stored, at positions (bits % count) drawn from the
same generator with the seed 99, followed by a sum over all elements with random signs (the top bit
of the same generator with the seed 98, set: minus) and by the largest magnitude.
"""

import json
import os
import pathlib
import sys

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import numpy as np
import tensorflow as tf
import torch
import torch.nn.functional as F
from safetensors.numpy import load_file

FULL, SAMPLES = 256, 160
MASK = (1 << 64) - 1


def split_mix(seed, count):
    """The generator's first outputs, as uint64."""
    with np.errstate(over="ignore"):
        z = np.uint64(seed & MASK) + np.arange(1, count + 1, dtype=np.uint64) * np.uint64(
            0x9E3779B97F4A7C15
        )
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        return z ^ (z >> np.uint64(31))


def uniform(seed, index, shape):
    """What the tests draw: float32 values in -1 ..< 1, as float64."""
    count = int(np.prod(shape))
    unit = (split_mix(seed * 16 + index, count) >> np.uint64(40)).astype(np.float64) * 2.0**-24
    return (-1 + 2 * unit).reshape(shape)


def digest(array):
    """The array itself if it is short, else samples, signed sum and largest magnitude."""
    flat = np.asarray(array, np.float64).ravel()
    if flat.size <= FULL:
        return flat.astype(np.float32)
    positions = (split_mix(99, SAMPLES) % np.uint64(flat.size)).astype(np.int64)
    signs = np.where(split_mix(98, flat.size) >> np.uint64(63), -1.0, 1.0)
    tail = [np.dot(flat, signs), np.abs(flat).max()]
    return np.concatenate([flat[positions], tail]).astype(np.float32)


class Recorder:
    def __init__(self):
        self.cases, self.tensors = [], {}
        self.checked_by_tensorflow = 0
        self.noise = {"torch": 0.0, "tensorflow": 0.0}

    def add(self, kind, options, torch_rule, tensorflow_rule=None, tensorflow_only=False):
        """Runs both frameworks on a case and keeps the float64 results.

        A rule takes a function that makes a leaf of a numpy array and gives a dictionary of results.
        """
        case = {"kind": kind, "seed": len(self.cases) + 1} | options
        name = f"{len(self.cases):03}"
        reference = torch_rule(case, np.float64)
        scale = {k: max(np.abs(v).max(initial=0), 1e-300) for k, v in reference.items()}

        def distance(results):
            assert results.keys() == reference.keys(), (case, results.keys())
            for k, v in results.items():
                assert v.shape == reference[k].shape, (case, k, v.shape, reference[k].shape)
            return max(np.abs(v - reference[k]).max(initial=0) / scale[k] for k, v in results.items())

        self.noise["torch"] = max(self.noise["torch"], distance(torch_rule(case, np.float32)))
        if tensorflow_rule:
            try:
                other = tensorflow_rule(case, np.float64)
            except (tf.errors.UnimplementedError, tf.errors.InvalidArgumentError) as error:
                print("TensorFlow cannot:", case, str(error)[:100])
            else:
                assert distance(other) < 1e-10, (case, distance(other))
                self.checked_by_tensorflow += 1
                case["tensorflow"] = True
                self.noise["tensorflow"] = max(
                    self.noise["tensorflow"], distance(tensorflow_rule(case, np.float32))
                )
        case["results"] = {k: list(v.shape) for k, v in reference.items()}
        for k, v in reference.items():
            self.tensors[f"{name}.{k}"] = digest(v)
        self.cases.append(case)


def leaves(case, dtype, shapes):
    return [
        torch.tensor(uniform(case["seed"], i, s).astype(dtype), requires_grad=True)
        for i, s in enumerate(shapes)
    ]


def torch_gradients(case, dtype, y, inputs, extra=None):
    """y and the gradients of <y, dy> for the named inputs, dy being tensor number 9."""
    dy = torch.tensor(uniform(case["seed"], 9, tuple(y.shape)).astype(dtype))
    names = [n for n, x in inputs.items() if x is not None]
    grads = torch.autograd.grad(y, [inputs[n] for n in names], dy)
    results = {"y": y} | {"d" + n: g for n, g in zip(names, grads)} | (extra or {})
    return {k: v.detach().numpy() for k, v in results.items()}


def tensorflow_gradients(case, dtype, shapes, function):
    """The same with a function of NCHW tensors."""
    inputs = {n: tf.constant(uniform(case["seed"], i, s).astype(dtype)) for i, (n, s) in
              enumerate(shapes.items()) if s is not None}
    with tf.GradientTape() as tape:
        for x in inputs.values():
            tape.watch(x)
        y = function(**inputs)
    dy = tf.constant(uniform(case["seed"], 9, tuple(y.shape)).astype(dtype))
    grads = tape.gradient(y, inputs, dy)
    return {"y": y.numpy()} | {"d" + n: tf.convert_to_tensor(g).numpy() for n, g in grads.items()}


def nhwc(x):
    return tf.transpose(x, [0, 2, 3, 1])


def nchw(x):
    return tf.transpose(x, [0, 3, 1, 2])


def spread(w, dilation):
    """A kernel with its gaps filled with zeros: TensorFlow has no gradient for a dilated one."""
    for axis, d in zip((2, 3), dilation):
        k = w.shape[axis]
        place = tf.one_hot(d * np.arange(k), d * (k - 1) + 1, dtype=w.dtype)
        w = tf.einsum("ocuv,uy->ocyv" if axis == 2 else "ocuv,vy->ocuy", w, place)
    return w


def channels(b):
    return tf.reshape(b, [1, -1, 1, 1])


# Geometry -----------------------------------------------------------------------------------------


def same_margins(case, image, stride, dilation):
    sides = []
    for size, k, s, d in zip(image, case["kernel"][2:], stride, dilation):
        total = max(0, (-(-size // s) - 1) * s + d * (k - 1) + 1 - size)
        sides += [total // 2, total - total // 2]
    return sides


def margins(case, image):
    """top, bottom, left, right."""
    padding = case["padding"]
    if padding == "valid":
        return [0, 0, 0, 0]
    if padding == "full":
        (kh, kw), (dh, dw) = case["kernel"][2:], case["dilation"]
        return [dh * (kh - 1)] * 2 + [dw * (kw - 1)] * 2
    if padding == "same":
        return same_margins(case, image, case["stride"], case["dilation"])
    return padding


def torch_pad(x, sides, mode="zeros", value=0.0):
    top, bottom, left, right = sides
    if mode in ("zeros", "constant"):
        return F.pad(x, (left, right, top, bottom), value=value)
    return F.pad(x, (left, right, top, bottom), mode=mode)


def tensorflow_pad(x, sides, mode="zeros", value=0.0):
    top, bottom, left, right = sides
    h, w = x.shape[2:]
    x = x[:, :, max(0, -top) : h - max(0, -bottom), max(0, -left) : w - max(0, -right)]
    frame = [[0, 0], [0, 0], [max(0, top), max(0, bottom)], [max(0, left), max(0, right)]]
    if mode == "reflect":
        return tf.pad(x, frame, mode="REFLECT")
    return tf.pad(x, frame, constant_values=value)


MODES = ["zeros", "zeros", "zeros", "constant", "reflect", "replicate", "circular"]


def draw(random, low, high):
    """An integer, small ones more often."""
    return int(np.floor(np.exp(random.uniform(np.log(low), np.log(high + 1)))))


def draw_window(random):
    """Input, kernel, stride, dilation, padding; None where they do not fit."""
    groups = int(random.choice([1, 1, 1, 1, 2, 3]))
    n, (h, w) = int(random.integers(1, 6)), [draw(random, 1, 40) for _ in range(2)]
    c, o = [groups * int(random.integers(1, 4 if groups == 1 else 3)) for _ in range(2)]
    if random.random() < 0.15:
        n, c, o = int(random.integers(1, 6)), groups * draw(random, 1, 18), groups * draw(random, 1, 18)
    if random.random() < 0.1:
        # Around the width of a vector, for implementations that compute many items side by side.
        n, (h, w) = int(random.choice([15, 16, 17, 33])), [draw(random, 1, 12) for _ in range(2)]
    kernel = [draw(random, 1, 7) for _ in range(2)]
    stride = [int(s) for s in random.integers(1, 4, 2)]
    dilation = [int(s) for s in random.integers(1, 4, 2)]
    if random.random() < 0.4:
        stride = [1, 1]
    if random.random() < 0.5:
        dilation = [1, 1]
    padding = random.choice(["valid", "same", "full", "number", "sides"])
    if padding == "number":
        padding = [int(random.integers(0, 5))] * 4
    elif padding == "sides":
        padding = [int(p) for p in random.integers(-2, 5, 4)]
    else:
        padding = str(padding)
    return {"input": [n, c, h, w], "outputs": o, "size": kernel, "stride": stride,
            "dilation": dilation, "padding": padding, "groups": groups}


def fits(image, sides, mode):
    """Whether PyTorch allows the padding."""
    for size, before, after in ((image[0], *sides[:2]), (image[1], *sides[2:])):
        if size + min(before, 0) + min(after, 0) < 1 or size + before + after < 1:
            return False
        limit = {"reflect": size - 1, "circular": size}.get(mode, 10**9)
        if mode == "circular":
            limit = size + min(before, 0) + min(after, 0)
        if max(before, after) > limit:
            return False
    return True


# Layers -------------------------------------------------------------------------------------------


def convolution(recorder, random):
    while True:
        case = draw_window(random)
        c = case["input"][1]
        case["kernel"] = [case.pop("outputs"), c // case["groups"], *case.pop("size")]
        case["mode"] = str(random.choice(MODES))
        case["value"] = round(float(random.uniform(-2, 2)), 2) if case["mode"] == "constant" else 0.0
        case["bias"] = bool(random.random() < 0.7)
        image = case["input"][2:]
        sides = margins(case, image)
        padded = [image[0] + sides[0] + sides[1], image[1] + sides[2] + sides[3]]
        spans = [d * (k - 1) + 1 for d, k in zip(case["dilation"], case["kernel"][2:])]
        if all(p >= s for p, s in zip(padded, spans)) and fits(image, sides, case["mode"]):
            break

    def torch_rule(case, dtype):
        x, w, b = leaves(case, dtype, [case["input"], case["kernel"], case["kernel"][:1]])
        b = b if case["bias"] else None
        y = F.conv2d(torch_pad(x, sides, case["mode"], case["value"]), w, b, tuple(case["stride"]),
                     0, tuple(case["dilation"]), case["groups"])
        return torch_gradients(case, dtype, y, {"x": x, "w": w, "b": b})

    def tensorflow_rule(case, dtype):
        def function(x, w, b=None):
            same = case["padding"] == "same" and case["mode"] == "zeros"
            x = x if same else tensorflow_pad(x, sides, case["mode"], case["value"])
            w = tf.transpose(spread(w, case["dilation"]), [2, 3, 1, 0])
            # One group after the other: it has no gradient for several either.
            parts = zip(tf.split(nhwc(x), case["groups"], 3), tf.split(w, case["groups"], 3))
            y = nchw(tf.concat([tf.nn.conv2d(x, w, case["stride"], "SAME" if same else "VALID")
                                for x, w in parts], 3))
            return y if b is None else y + channels(b)

        shapes = {"x": case["input"], "w": case["kernel"],
                  "b": case["kernel"][:1] if case["bias"] else None}
        return tensorflow_gradients(case, dtype, shapes, function)

    # TensorFlow has no replicate and no circular padding, and crops before it reflects.
    possible = case["mode"] in ("zeros", "constant") or (
        case["mode"] == "reflect" and min(sides) >= 0)
    # TensorFlow 2.21 ends in "double free" in its gradient of a strided 1x1 convolution.
    possible = possible and (case["kernel"][2:] != [1, 1] or case["stride"] == [1, 1])
    recorder.add("conv", case, torch_rule, tensorflow_rule if possible else None)


def transposed_convolution(recorder, random):
    while True:
        case = draw_window(random)
        n, c, h, w = case["input"]
        case["input"] = [n, c, -(-h // 2), -(-w // 2)]
        case["kernel"] = [c, case.pop("outputs") // case["groups"], *case.pop("size")]
        case["bias"] = bool(random.random() < 0.7)
        case["outputPadding"] = [0, 0]
        if case["padding"] == "full":
            case["padding"] = "valid"
        if case["padding"] != "same":
            most = [max(s, d) - 1 for s, d in zip(case["stride"], case["dilation"])]
            case["outputPadding"] = [int(random.integers(0, m + 1)) for m in most]
        (h, w), s = case["input"][2:], case["stride"]
        spans = [d * (k - 1) + 1 for d, k in zip(case["dilation"], case["kernel"][2:])]
        natural = [(h - 1) * s[0] + spans[0], (w - 1) * s[1] + spans[1]]
        if case["padding"] == "same":
            sides = same_margins(case, [h * s[0], w * s[1]], s, case["dilation"])
            size = [h * s[0], w * s[1]]
        else:
            sides = margins(case, [h, w])
            size = [natural[0] - sides[0] - sides[1] + case["outputPadding"][0],
                    natural[1] - sides[2] - sides[3] + case["outputPadding"][1]]
        # Cells below and right of the last stamp are the output padding's.
        trims = [-sides[0], size[0] - natural[0] + sides[0], -sides[2], size[1] - natural[1] + sides[2]]
        if min(size) >= 1 and fits(natural, trims, "zeros"):
            break

    def torch_rule(case, dtype):
        bias = [case["kernel"][1] * case["groups"]]
        x, w, b = leaves(case, dtype, [case["input"], case["kernel"], bias])
        b = b if case["bias"] else None
        options = dict(stride=tuple(s), dilation=tuple(case["dilation"]), groups=case["groups"])
        y = torch_pad(F.conv_transpose2d(x, w, None, **options), trims)
        y = y if b is None else y + b.view(1, -1, 1, 1)
        if sides[0] == sides[1] >= 0 and sides[2] == sides[3] >= 0 and case["padding"] != "same":
            own = F.conv_transpose2d(x, w, b, padding=(sides[0], sides[2]),
                                     output_padding=tuple(case["outputPadding"]), **options)
            assert own.shape == y.shape and torch.allclose(own, y, atol=1e-4), case
        return torch_gradients(case, dtype, y, {"x": x, "w": w, "b": b})

    def tensorflow_rule(case, dtype):
        def function(x, w, b=None):
            y = nchw(tf.nn.conv2d_transpose(
                nhwc(x), tf.transpose(w, [2, 3, 1, 0]), [n, *size, case["kernel"][1]], s, "SAME"))
            return y if b is None else y + channels(b)

        shapes = {"x": case["input"], "w": case["kernel"],
                  "b": case["kernel"][1:2] if case["bias"] else None}
        return tensorflow_gradients(case, dtype, shapes, function)

    possible = case["padding"] == "same" and case["groups"] == 1 and case["dilation"] == [1, 1]
    recorder.add("convTranspose", case, torch_rule, tensorflow_rule if possible else None)


def padding(recorder, random):
    while True:
        mode = str(random.choice(MODES[2:]))
        case = {"input": [int(random.integers(1, 6)), int(random.integers(1, 4)),
                          draw(random, 1, 40), draw(random, 1, 40)],
                "padding": [int(p) for p in random.integers(-4, 9, 4)], "mode": mode,
                "value": round(float(random.uniform(-2, 2)), 2) if mode == "constant" else 0.0}
        if fits(case["input"][2:], case["padding"], mode):
            break

    def torch_rule(case, dtype):
        (x,) = leaves(case, dtype, [case["input"]])
        y = torch_pad(x, case["padding"], mode, case["value"])
        return torch_gradients(case, dtype, y, {"x": x})

    def tensorflow_rule(case, dtype):
        return tensorflow_gradients(
            case, dtype, {"x": case["input"]},
            lambda x: tensorflow_pad(x, case["padding"], mode, case["value"]))

    # TensorFlow has no replicate and no circular padding, and crops before it reflects.
    possible = mode in ("zeros", "constant") or (mode == "reflect" and min(case["padding"]) >= 0)
    recorder.add("pad", case, torch_rule, tensorflow_rule if possible else None)


def pooling(recorder, random, kind):
    while True:
        case = draw_window(random)
        case["kernel"] = [1, 1, *case.pop("size")]
        for key in ("outputs", "groups", "dilation"):
            case.pop(key)
        if random.random() < 0.3:
            case["stride"] = case["kernel"][2:]
        case["dilation"] = [1, 1]
        if case["padding"] == "full":
            case["padding"] = "same"
        image, size, stride = case["input"][2:], case["kernel"][2:], case["stride"]
        if isinstance(case["padding"], list):
            case["padding"] = [max(0, p) for p in case["padding"]]
        sides = margins(case, image)
        padded = [image[0] + sides[0] + sides[1], image[1] + sides[2] + sides[3]]
        if (all(p >= k for p, k in zip(padded, size))
                and max(sides[:2]) < size[0] and max(sides[2:]) < size[1]):
            break
    if kind == "averagePool":
        case["countsPadding"] = case["padding"] != "same" and bool(random.random() < 0.6)

    def torch_rule(case, dtype):
        (x,) = leaves(case, dtype, [case["input"]])
        options = dict(kernel_size=tuple(size), stride=tuple(stride))
        symmetric = sides[0] == sides[1] <= size[0] // 2 and sides[2] == sides[3] <= size[1] // 2
        if kind == "maxPool":
            y = F.max_pool2d(torch_pad(x, sides, value=float("-inf")), **options)
            own = lambda: F.max_pool2d(x, padding=(sides[0], sides[2]), **options)
        else:
            y = F.avg_pool2d(torch_pad(x, sides), **options)
            if not case["countsPadding"]:
                y = y / F.avg_pool2d(torch_pad(torch.ones_like(x), sides), **options)
            own = lambda: F.avg_pool2d(x, padding=(sides[0], sides[2]),
                                       count_include_pad=case["countsPadding"], **options)
        if symmetric:
            y = own()
        return torch_gradients(case, dtype, y, {"x": x})

    def tensorflow_rule(case, dtype):
        pool = tf.nn.max_pool2d if kind == "maxPool" else tf.nn.avg_pool2d
        return tensorflow_gradients(
            case, dtype, {"x": case["input"]},
            lambda x: nchw(pool(nhwc(x), size, stride, case["padding"].upper())))

    named = isinstance(case["padding"], str)
    recorder.add(kind, case, torch_rule, tensorflow_rule if named else None)


def global_pooling(recorder, random):
    shape = [int(random.integers(1, 6)), draw(random, 1, 20), draw(random, 1, 20), draw(random, 1, 20)]

    def torch_rule(case, dtype):
        (x,) = leaves(case, dtype, [shape])
        return torch_gradients(case, dtype, x.mean((2, 3)), {"x": x})

    def tensorflow_rule(case, dtype):
        return tensorflow_gradients(case, dtype, {"x": shape}, lambda x: tf.reduce_mean(x, [2, 3]))

    recorder.add("globalAveragePool", {"input": shape}, torch_rule, tensorflow_rule)


def batch_norm(recorder, random, training):
    while True:
        shape = [int(random.integers(1, 6)), draw(random, 1, 20), draw(random, 1, 20),
                 draw(random, 1, 20)]
        # Two values whose difference is chance would amplify the noise of float32 without bound.
        if shape[0] * shape[2] * shape[3] > 3:
            break
    c = shape[1:2]
    options = {"input": shape, "momentum": float(random.choice([0.1, 0.5, 0.01])),
               "epsilon": float(random.choice([1e-5, 1e-3])), "training": training}

    def torch_rule(case, dtype):
        x, gamma, beta, mean, variance = leaves(case, dtype, [shape, c, c, c, c])
        mean, variance = mean.detach().clone(), variance.detach().clone() ** 2 + 0.5
        y = F.batch_norm(x, mean, variance, gamma, beta, training, case["momentum"],
                         case["epsilon"])
        if not training:
            return {"y": y.detach().numpy()}
        return torch_gradients(case, dtype, y, {"x": x, "w": gamma, "b": beta},
                               {"mean": mean, "variance": variance})

    recorder.add("batchNorm", options, torch_rule)


def linear(recorder, random):
    n, inputs, outputs = draw(random, 1, 60), draw(random, 1, 300), draw(random, 1, 40)
    options = {"input": [n, inputs], "kernel": [outputs, inputs], "bias": bool(random.random() < 0.7)}

    def torch_rule(case, dtype):
        x, w, b = leaves(case, dtype, [case["input"], case["kernel"], [outputs]])
        b = b if case["bias"] else None
        return torch_gradients(case, dtype, F.linear(x, w, b), {"x": x, "w": w, "b": b})

    def tensorflow_rule(case, dtype):
        def function(x, w, b=None):
            y = tf.matmul(x, w, transpose_b=True)
            return y if b is None else y + b

        shapes = {"x": case["input"], "w": case["kernel"], "b": [outputs] if case["bias"] else None}
        return tensorflow_gradients(case, dtype, shapes, function)

    recorder.add("linear", options, torch_rule, tensorflow_rule)


ACTIVATIONS = {
    "relu": (lambda x, a: F.relu(x), lambda x, a: tf.nn.relu(x)),
    "leakyReLU": (lambda x, a: F.leaky_relu(x, a), lambda x, a: tf.nn.leaky_relu(x, a)),
    "sigmoid": (lambda x, a: torch.sigmoid(x), lambda x, a: tf.sigmoid(x)),
    "tanh": (lambda x, a: torch.tanh(x), lambda x, a: tf.tanh(x)),
}


def activation(recorder, random, kind):
    shape = [int(random.integers(1, 6)), *[draw(random, 1, 12) for _ in range(3)]]
    options = {"input": shape, "scale": float(random.choice([1.0, 4.0, 16.0])),
               "slope": float(random.choice([0.03125, 0.25]))}
    by_torch, by_tensorflow = ACTIVATIONS[kind]

    def torch_rule(case, dtype):
        (x,) = leaves(case, dtype, [shape])
        # The scale is a power of two: x times it is exact, and the gradient is taken for x.
        y = by_torch(x * case["scale"], case["slope"])
        return torch_gradients(case, dtype, y, {"x": x})

    def tensorflow_rule(case, dtype):
        return tensorflow_gradients(case, dtype, {"x": shape},
                                    lambda x: by_tensorflow(x * case["scale"], case["slope"]))

    recorder.add(kind, options, torch_rule, tensorflow_rule)


# Losses -------------------------------------------------------------------------------------------


def loss(recorder, random, kind):
    n, classes = draw(random, 1, 60), draw(random, 1, 20)
    options = {"input": [n, classes], "scale": float(random.choice([1.0, 4.0, 64.0, 1024.0]))}
    if kind == "crossEntropyLabels":
        options["labels"] = [int(k) for k in random.integers(0, classes, n)]
    if kind == "meanSquaredError":
        options["scale"] = 1.0

    def targets(case):
        t = uniform(case["seed"], 1, (n, classes)) ** 2
        return t / t.sum(1, keepdims=True)

    def torch_rule(case, dtype):
        (x,) = leaves(case, dtype, [case["input"]])
        z = x * case["scale"]
        if kind == "crossEntropyLabels":
            value = F.cross_entropy(z, torch.tensor(case["labels"]))
        elif kind == "crossEntropyProbabilities":
            value = F.cross_entropy(z, torch.tensor(targets(case).astype(np.float32).astype(dtype)))
        else:
            value = F.mse_loss(z, torch.tensor(uniform(case["seed"], 1, (n, classes)).astype(dtype)))
        (gradient,) = torch.autograd.grad(value, z)
        return {"value": value.detach().numpy().reshape(1), "dz": gradient.numpy()}

    def tensorflow_rule(case, dtype):
        z = tf.constant((uniform(case["seed"], 0, (n, classes)) * case["scale"]).astype(dtype))
        with tf.GradientTape() as tape:
            tape.watch(z)
            if kind == "crossEntropyLabels":
                value = tf.reduce_mean(
                    tf.nn.sparse_softmax_cross_entropy_with_logits(case["labels"], z))
            elif kind == "crossEntropyProbabilities":
                t = targets(case).astype(np.float32).astype(dtype)
                value = tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits(t, z))
            else:
                t = uniform(case["seed"], 1, (n, classes)).astype(dtype)
                value = tf.reduce_mean((z - t) ** 2)
        return {"value": value.numpy().reshape(1), "dz": tape.gradient(value, z).numpy()}

    # The targets are rows that sum to 1 only up to float32's rounding. TensorFlow's gradient takes
    # the sum as 1, so it is compared where that cannot show.
    recorder.add(kind, options, torch_rule,
                 None if kind == "crossEntropyProbabilities" else tensorflow_rule)


# Optimizers ---------------------------------------------------------------------------------------


def optimizer(recorder, random, kind):
    steps = int(random.integers(1, 21))
    options = {"input": [draw(random, 1, 20), draw(random, 1, 8)], "steps": steps,
               "rates": [round(float(random.uniform(0.001, 0.1)), 4) for _ in range(steps)],
               "weightDecay": float(random.choice([0.0, 0.0, 0.01, 0.1])),
               "scale": float(random.choice([1.0, 0.015625]))}
    if kind == "sgd":
        options["momentum"] = float(random.choice([0.0, 0.5, 0.9]))
        options["nesterov"] = options["momentum"] > 0 and bool(random.random() < 0.5)
    else:
        options["beta1"], options["beta2"] = [(0.9, 0.999), (0.8, 0.99)][random.integers(2)]

    def torch_rule(case, dtype):
        (w,) = leaves(case, dtype, [case["input"]])
        decay = {"weight_decay": case["weightDecay"]}
        if kind == "sgd":
            own = torch.optim.SGD([w], 0.1, case["momentum"], nesterov=case["nesterov"], **decay)
        else:
            rule = torch.optim.Adam if kind == "adam" else torch.optim.AdamW
            own = rule([w], 0.1, betas=(case["beta1"], case["beta2"]), **decay)
        for step in range(steps):
            own.param_groups[0]["lr"] = case["rates"][step]
            gradient = uniform(case["seed"] * 1000 + step, 0, case["input"]) * case["scale"]
            w.grad = torch.tensor(gradient.astype(dtype))
            own.step()
        return {"w": w.detach().numpy()}

    recorder.add(kind, options, torch_rule)


def keras_adam(recorder, random):
    steps = int(random.integers(1, 21))
    options = {"input": [draw(random, 1, 20), draw(random, 1, 8)], "steps": steps,
               "rates": [0.0078125] * steps, "beta1": 0.9, "beta2": 0.999,
               # Gradients down to the size of epsilon.
               "scale": float(random.choice([1.0, 2.0**-20, 2.0**-23]))}

    def rule(case, dtype):
        own = tf.keras.optimizers.Adam(0.0078125, 0.9, 0.999, 1e-7)
        w = tf.Variable(uniform(case["seed"], 0, case["input"]).astype(dtype))
        for step in range(steps):
            gradient = uniform(case["seed"] * 1000 + step, 0, case["input"]) * case["scale"]
            own.apply_gradients([(tf.constant(gradient.astype(dtype)), w)])
        return {"w": w.numpy()}

    recorder.add("kerasAdam", options, rule)


def schedule(recorder, random, kind):
    options = {"rate": round(float(random.uniform(0.01, 1)), 3), "final": 0.0, "warmUp": 0,
               "steps": int(random.integers(5, 60)), "every": int(random.integers(1, 20)),
               "factor": float(random.choice([0.1, 0.5]))}
    if kind == "cosine":
        options["final"] = float(random.choice([0.0, 0.001]))
        options["warmUp"] = int(random.choice([0, 3]))

    def torch_rule(case, dtype):
        own = torch.optim.SGD([torch.zeros(1)], case["rate"])
        if kind == "cosine":
            rule = torch.optim.lr_scheduler.CosineAnnealingLR(
                own, case["steps"] - case["warmUp"], case["final"])
        else:
            rule = torch.optim.lr_scheduler.StepLR(own, case["every"], case["factor"])
        rates = [case["rate"] * (i + 1) / case["warmUp"] for i in range(case["warmUp"])]
        for _ in range(case["steps"] - case["warmUp"]):
            rates.append(own.param_groups[0]["lr"])
            own.step()
            rule.step()
        return {"rates": np.array(rates)}

    recorder.add(kind, options, torch_rule)


def save(path, tensors, metadata):
    """Writes safetensors in the order given, so that the same numbers are the same bytes."""
    header, data = {"__metadata__": metadata}, b""
    for name, array in tensors.items():
        end = len(data) + array.nbytes
        header[name] = {"dtype": "F32", "shape": array.shape, "data_offsets": [len(data), end]}
        data += array.tobytes()
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    path.write_bytes(len(text).to_bytes(8, "little") + text + data)
    loaded = load_file(path)
    assert all((loaded[name] == array).all() for name, array in tensors.items())


def main(folder):
    torch.set_num_threads(1)
    random = np.random.default_rng(10)
    recorder = Recorder()
    for count, rule in [
        (160, convolution),
        (70, transposed_convolution),
        (70, padding),
        (50, lambda *a: pooling(*a, "maxPool")),
        (50, lambda *a: pooling(*a, "averagePool")),
        (6, global_pooling),
        (20, lambda *a: batch_norm(*a, True)),
        (6, lambda *a: batch_norm(*a, False)),
        (20, linear),
        *[(6, lambda *a, kind=kind: activation(*a, kind)) for kind in ACTIVATIONS],
        *[(12, lambda *a, kind=kind: loss(*a, kind)) for kind in
          ("crossEntropyLabels", "crossEntropyProbabilities", "meanSquaredError")],
        *[(12, lambda *a, kind=kind: optimizer(*a, kind)) for kind in ("sgd", "adam", "adamW")],
        (8, keras_adam),
        *[(4, lambda *a, kind=kind: schedule(*a, kind)) for kind in ("cosine", "step")],
    ]:
        for _ in range(count):
            rule(recorder, random)
    metadata = {
        "script": pathlib.Path(__file__).name,
        "torch": torch.__version__,
        "tensorflow": tf.__version__,
        "numpy": np.__version__,
        "checkedByTensorFlow": str(recorder.checked_by_tensorflow),
        "torchFloat32Noise": f"{recorder.noise['torch']:.2g}",
        "tensorflowFloat32Noise": f"{recorder.noise['tensorflow']:.2g}",
        "cases": json.dumps(recorder.cases, separators=(",", ":")),
    }
    path = pathlib.Path(folder) / "conformance.safetensors"
    save(path, recorder.tensors, metadata)
    print({k: v for k, v in metadata.items() if k != "cases"})
    print(len(recorder.cases), "cases,", path.stat().st_size, "bytes")


if __name__ == "__main__":
    main(sys.argv[1])
