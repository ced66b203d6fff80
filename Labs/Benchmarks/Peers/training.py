#!/usr/bin/env python3
"""The same training steps in PyTorch, TensorFlow, Keras and JAX, timed on request.

Started by the benchmark lab, once per number of threads:

    python3 training.py THREADS

Writes one line of JSON with the versions found and what is missing, then answers one line of JSON
per request on standard input: {"job": "lab10", "peer": "PyTorch", "steps": 20} gets
{"milliseconds": [...]}, one number per step. A peer is set up and warmed up when it is first asked
for. Nothing else is written to standard output, whatever the frameworks print.
"""

import json
import os
import sys
import time

THREADS = int(sys.argv[1])
out = os.fdopen(os.dup(1), "w")
os.dup2(2, 1)

# One thread means one processor, also for frameworks that look at the machine.
if hasattr(os, "sched_setaffinity"):
    allowed = sorted(os.sched_getaffinity(0))
    os.sched_setaffinity(0, allowed[:THREADS])
os.environ["OMP_NUM_THREADS"] = str(THREADS)
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["CUDA_VISIBLE_DEVICES"] = ""
os.environ["JAX_PLATFORMS"] = "cpu"

versions = {"Python": sys.version.split()[0]}
missing = {}


def load(name, module):
    try:
        found = __import__(module)
        versions[name] = found.__version__.split("+")[0]
        return found
    except Exception as error:  # whatever keeps it from loading makes it missing
        missing[name] = f"{type(error).__name__}: {error}".splitlines()[0][:120]
        return None


np = load("NumPy", "numpy")
torch = load("PyTorch", "torch")
tf = load("TensorFlow", "tensorflow")
keras = load("Keras", "keras") if tf else None
jax = load("JAX", "jax")
if torch:
    torch.set_num_threads(THREADS)
if tf:
    tf.config.threading.set_intra_op_parallelism_threads(THREADS)
    tf.config.threading.set_inter_op_parallelism_threads(THREADS)

RATE = 1e-3
BATCH = {"lab10": 50, "lenet": 64}
random = np.random.default_rng(1) if np else None


def batch(job):
    n = BATCH[job]
    return (
        random.random((n, 1, 28, 28), dtype=np.float32),
        random.integers(0, 10, n).astype(np.int64),
    )


def torch_network(job):
    nn = torch.nn
    if job == "lab10":
        return nn.Sequential(
            nn.Conv2d(1, 4, 3, padding=1, bias=False), nn.ReLU(),
            nn.Conv2d(4, 2, 7, bias=False), nn.ReLU(), nn.Flatten(), nn.Linear(968, 10))
    return nn.Sequential(
        nn.Conv2d(1, 32, 3, padding=1), nn.ReLU(), nn.Conv2d(32, 64, 3, padding=1), nn.ReLU(),
        nn.MaxPool2d(2), nn.Flatten(), nn.Linear(12544, 128), nn.ReLU(), nn.Linear(128, 10))


def torch_step(job, channels_last=False, compiled=False):
    net = torch_network(job)
    layout = torch.channels_last if channels_last else torch.contiguous_format
    net = net.to(memory_format=layout)
    optimizer = torch.optim.SGD(net.parameters(), lr=RATE)
    criterion = torch.nn.CrossEntropyLoss()
    run = torch.compile(net) if compiled else net

    def step(x, y):
        optimizer.zero_grad()
        loss = criterion(run(x), y)
        loss.backward()
        optimizer.step()

    def prepare(x, y):
        return torch.from_numpy(x).to(memory_format=layout), torch.from_numpy(y)

    return step, prepare


def keras_network(job):
    layers = keras.layers
    if job == "lab10":
        body = [
            layers.Conv2D(4, 3, padding="same", use_bias=False, activation="relu"),
            layers.Conv2D(2, 7, use_bias=False, activation="relu"), layers.Flatten(),
            layers.Dense(10)]
    else:
        body = [
            layers.Conv2D(32, 3, padding="same", activation="relu"),
            layers.Conv2D(64, 3, padding="same", activation="relu"), layers.MaxPooling2D(2),
            layers.Flatten(), layers.Dense(128, activation="relu"), layers.Dense(10)]
    return keras.Sequential([layers.Input((28, 28, 1))] + body)


def nhwc(x):
    return np.ascontiguousarray(x.transpose(0, 2, 3, 1))


def tf_step(job, in_graph=False):
    net = keras_network(job)

    def once(x, y):
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(
                tf.nn.sparse_softmax_cross_entropy_with_logits(y, net(x, training=True)))
        for v, g in zip(
                net.trainable_variables,
                tape.gradient(loss, [v.value for v in net.trainable_variables])):
            v.value.assign_sub(RATE * g)
        return loss

    def prepare(x, y):
        return tf.constant(nhwc(x)), tf.constant(y)

    if not in_graph:
        graph = tf.function(once)
        return (lambda x, y: graph(x, y).numpy()), prepare

    @tf.function
    def many(x, y, steps):
        loss = tf.constant(0.0)
        for _ in tf.range(steps):
            loss = once(x, y)
        return loss

    def step(x, y, steps=1):
        many(x, y, tf.constant(steps)).numpy()

    step.takes_steps = True
    return step, prepare


def keras_step(job):
    net = keras_network(job)
    net.compile(
        optimizer=keras.optimizers.SGD(RATE),
        loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    return (lambda x, y: net.train_on_batch(x, y)), (lambda x, y: (nhwc(x), y))


def jax_step(job):
    import jax.numpy as jnp
    shapes = (
        [(4, 1, 3, 3), (2, 4, 7, 7), (968, 10), (10,)] if job == "lab10" else
        [(32, 1, 3, 3), (32,), (64, 32, 3, 3), (64,), (12544, 128), (128,), (128, 10), (10,)])
    state = {"w": [jnp.asarray(random.normal(0, 0.1, s).astype(np.float32)) for s in shapes]}

    def convolve(x, w, padding):
        return jax.lax.conv_general_dilated(x, w, (1, 1), padding)

    def logits(w, x):
        if job == "lab10":
            x = jax.nn.relu(convolve(x, w[0], "SAME"))
            x = jax.nn.relu(convolve(x, w[1], "VALID"))
            return x.reshape(len(x), -1) @ w[2] + w[3]
        x = jax.nn.relu(convolve(x, w[0], "SAME") + w[1][:, None, None])
        x = jax.nn.relu(convolve(x, w[2], "SAME") + w[3][:, None, None])
        x = jax.lax.reduce_window(
            x, -jnp.inf, jax.lax.max, (1, 1, 2, 2), (1, 1, 2, 2), "VALID")
        x = jax.nn.relu(x.reshape(len(x), -1) @ w[4] + w[5])
        return x @ w[6] + w[7]

    def loss(w, x, y):
        p = jax.nn.log_softmax(logits(w, x))
        return -jnp.mean(jnp.take_along_axis(p, y[:, None], 1))

    @jax.jit
    def update(w, x, y):
        return [a - RATE * g for a, g in zip(w, jax.grad(loss)(w, x, y))]

    def step(x, y):
        state["w"] = update(state["w"], x, y)
        state["w"][0].block_until_ready()

    return step, (lambda x, y: (jnp.asarray(x), jnp.asarray(y)))


PEERS = {}
if torch:
    PEERS["PyTorch"] = torch_step
    PEERS["PyTorch, channels_last"] = lambda job: torch_step(job, channels_last=True)
    PEERS["PyTorch, compiled"] = lambda job: torch_step(job, channels_last=True, compiled=True)
if tf:
    PEERS["tf.function"] = tf_step
    PEERS["tf.function, loop inside"] = lambda job: tf_step(job, in_graph=True)
if keras:
    PEERS["Keras"] = keras_step
if jax:
    PEERS["JAX"] = jax_step

ready = {}


def prepared(job, peer):
    """The peer's step with a batch of its own, set up and warmed up when first asked for."""
    if (job, peer) not in ready:
        step, prepare = PEERS[peer](job)
        data = prepare(*batch(job))
        for _ in range(5):
            step(*data)
        ready[job, peer] = step, prepare, data
    return ready[job, peer]


def time_steps(job, peer, steps):
    step, _, data = prepared(job, peer)
    if getattr(step, "takes_steps", False):
        start = time.perf_counter()
        step(*data, steps)
        return [(time.perf_counter() - start) * 1e3 / steps] * steps
    times = []
    for _ in range(steps):
        start = time.perf_counter()
        step(*data)
        times.append((time.perf_counter() - start) * 1e3)
    return times


def time_epoch(peer, images):
    """An epoch in shuffled batches of 50, the choice of the batch included."""
    step, prepare, _ = prepared("lab10", peer)
    pixels = random.random((images, 1, 28, 28), dtype=np.float32)
    labels = random.integers(0, 10, images).astype(np.int64)
    start = time.perf_counter()
    order = random.permutation(images)
    for first in range(0, images, 50):
        chosen = order[first:first + 50]
        step(*prepare(pixels[chosen], labels[chosen]))
    return [(time.perf_counter() - start) * 1e3]


def answer(line):
    request = json.loads(line)
    try:
        if request["job"] == "epoch":
            return {"milliseconds": time_epoch(request["peer"], request["steps"])}
        return {"milliseconds": time_steps(request["job"], request["peer"], request["steps"])}
    except Exception as error:
        return {"error": f"{type(error).__name__}: {error}".splitlines()[0][:200]}


def say(message):
    out.write(json.dumps(message) + "\n")
    out.flush()


say({"versions": versions, "missing": missing, "peers": list(PEERS)})
for line in sys.stdin:
    say(answer(line))
