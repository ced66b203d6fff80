"""Writes padding.safetensors: what TensorFlow computes for Part 1 of Lab 10.

    python make-padding.py FOLDER

A convolution with padding='same' of a batch of 2 images of 3 channels and 4×5 pixels, 20 kernels
of 3×3, and the gradients of a loss whose derivative by the output is `dy`. Inputs are float32; the
outputs are computed once in float32 (y, dx, dw, db) and once in float64 (y64, dx64, dw64, db64) from
the same inputs. Everything is stored in the layout of this package: images (N, C, H, W), kernels
(O, I, rows, columns).

Mind the kernel's layout on the way: Keras wants (rows, columns, I, O), so axis 0 goes last *and*
axis 1 goes last but one. Moving axis 0 alone, as the notebook did, gives (I, rows, columns, O), which
Keras takes without a word because I = rows = columns = 3.
"""

import sys

import numpy as np
import tensorflow as tf
from safetensors.numpy import save_file

random = np.random.default_rng(10)
x = random.random((2, 3, 4, 5)).astype(np.float32)
w = random.uniform(-0.1, 0.1, (20, 3, 3, 3)).astype(np.float32)
bias = random.uniform(-0.1, 0.1, 20).astype(np.float32)
dy = random.random((2, 20, 4, 5)).astype(np.float32)


def channels_last(images):
    return np.moveaxis(images, 1, -1)


def channels_first(images):
    return np.ascontiguousarray(np.moveaxis(images.numpy(), -1, 1))


def convolution(dtype):
    layer = tf.keras.layers.Conv2D(20, 3, padding="same", dtype=dtype)
    images = tf.constant(channels_last(x), dtype)
    layer.build(images.shape)
    layer.set_weights([w.transpose(2, 3, 1, 0).astype(dtype), bias.astype(dtype)])
    with tf.GradientTape() as tape:
        tape.watch(images)
        y = layer(images)
    dx, (dw, db) = tape.gradient(
        y,
        (images, layer.trainable_variables),
        output_gradients=tf.constant(channels_last(dy), dtype),
    )
    return {
        "y": channels_first(y),
        "dx": channels_first(dx),
        "dw": np.ascontiguousarray(dw.numpy().transpose(3, 2, 0, 1)),
        "db": db.numpy(),
    }


tensors = {"x": x, "w": w, "bias": bias, "dL/dy": dy}
tensors |= {name: value for name, value in convolution("float32").items()}
tensors |= {name + "64": value for name, value in convolution("float64").items()}
save_file(
    tensors,
    sys.argv[1] + "/padding.safetensors",
    {"made with": f"TensorFlow {tf.__version__}, NumPy {np.__version__}"},
)
