"""Writes training.safetensors: TensorFlow's run of the network of Lab 10, the one that the notebook
announced.

    python make-training.py MNIST-FOLDER FOLDER

From the same initial weights and the same batches as the lab: the first 1,000 training images,
scaled to [0, 1], in order, 20 batches of 50, 2 epochs, plain softmax cross-entropy, mean over the
batch. For each of five seeds the initial weights (Glorot, layout of this package), and for two
optimizers the 40 losses (each before its update) and the accuracy on the 10,000 test images; for
forty seeds, the five included, the accuracies alone:

    0/conv1 4×1×3×3   0/conv2 2×4×7×7   0/linear 10×968   0/bias 10
    0/sgd/losses 40   0/sgd/accuracy   0/adam/losses 40   0/adam/accuracy
    sgd/accuracies 40   adam/accuracies 40

SGD has learning rate 0.1; Adam 0.003, β 0.9 and 0.999, ε 10⁻⁷ (Keras adds it to √v before the
correction for the start, which counts only where a gradient is as small as ε).
"""

import gzip
import sys

import numpy as np
import tensorflow as tf
from safetensors.numpy import save_file

folder, output = sys.argv[1:3]


def idx(name, header):
    with gzip.open(f"{folder}/{name}.gz") as file:
        return np.frombuffer(file.read()[header:], np.uint8)


def images(name):
    return (idx(name, 16).reshape(-1, 28, 28, 1) / 255).astype(np.float32)


train_x = images("train-images-idx3-ubyte")[:1000]
train_y = idx("train-labels-idx1-ubyte", 8)[:1000].astype(np.int32)
test_x = images("t10k-images-idx3-ubyte")
test_y = idx("t10k-labels-idx1-ubyte", 8)


def glorot(random, shape, fan_in, fan_out):
    limit = np.sqrt(6 / (fan_in + fan_out))
    return random.uniform(-limit, limit, shape).astype(np.float32)


def initial(seed):
    random = np.random.default_rng(seed)
    return {
        "conv1": glorot(random, (4, 1, 3, 3), 1 * 9, 4 * 9),
        "conv2": glorot(random, (2, 4, 7, 7), 4 * 49, 2 * 49),
        "linear": glorot(random, (10, 968), 968, 10),
        "bias": np.zeros(10, np.float32),
    }


def run(weights, optimizer):
    conv1 = tf.Variable(weights["conv1"].transpose(2, 3, 1, 0))
    conv2 = tf.Variable(weights["conv2"].transpose(2, 3, 1, 0))
    linear = tf.Variable(weights["linear"].T)
    bias = tf.Variable(weights["bias"])
    variables = [conv1, conv2, linear, bias]

    def logits(x):
        x = tf.nn.relu(tf.nn.conv2d(x, conv1, 1, "SAME"))
        x = tf.nn.relu(tf.nn.conv2d(x, conv2, 1, "VALID"))
        # Channels first before flattening, as the lab numbers its 968 features.
        x = tf.reshape(tf.transpose(x, (0, 3, 1, 2)), (-1, 968))
        return x @ linear + bias

    @tf.function
    def step(x, y):
        with tf.GradientTape() as tape:
            losses = tf.nn.sparse_softmax_cross_entropy_with_logits(y, logits(x))
            loss = tf.reduce_mean(losses)
        optimizer.apply_gradients(zip(tape.gradient(loss, variables), variables))
        return loss

    losses = []
    for epoch in range(2):
        for start in range(0, 1000, 50):
            batch = slice(start, start + 50)
            losses.append(step(tf.constant(train_x[batch]), tf.constant(train_y[batch])).numpy())
    predicted = np.argmax(logits(tf.constant(test_x)).numpy(), axis=1)
    return np.array(losses, np.float32), np.array(np.mean(predicted == test_y), np.float32)


tensors = {}
accuracies = {"sgd": [], "adam": []}
for seed in range(40):
    weights = initial(seed)
    if seed < 5:
        tensors |= {f"{seed}/{name}": value for name, value in weights.items()}
    for name, optimizer in (
        ("sgd", tf.keras.optimizers.SGD(0.1)),
        ("adam", tf.keras.optimizers.Adam(0.003, epsilon=1e-7)),
    ):
        losses, accuracy = run(weights, optimizer)
        accuracies[name].append(accuracy)
        if seed < 5:
            tensors[f"{seed}/{name}/losses"] = losses
            tensors[f"{seed}/{name}/accuracy"] = accuracy
        print(seed, name, losses[0], losses[-1], accuracy)
for name, values in accuracies.items():
    tensors[f"{name}/accuracies"] = np.array(values, np.float32)
save_file(
    tensors,
    output + "/training.safetensors",
    {"made with": f"TensorFlow {tf.__version__}, Keras {tf.keras.__version__}"},
)
