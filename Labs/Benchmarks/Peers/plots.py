#!/usr/bin/env python3
"""The benchmark's plots in matplotlib, drawn and encoded on request.

Started by the benchmark lab:

    python3 plots.py FOLDER

FOLDER holds the data of each plot as 64-bit floats. Writes one line of JSON with the versions found
and what is missing, then answers one line of JSON per request on standard input:
{"job": "line", "peer": "matplotlib", "steps": 3} gets {"milliseconds": [...], "bytes": 12345}: the
times of savefig to PNG in memory (Agg), and the size of the file. A figure is made once; what is
timed is savefig alone. Of a scatter there are two, because matplotlib has two ways: "plot" with
markers, and "scatter".

{"job": PATH, "peer": "oxipng", "steps": 1} answers with the size that `oxipng -o 4` gives the file.
"""

import io
import json
import os
import sys
import time

folder = sys.argv[1]
out = os.fdopen(os.dup(1), "w")
os.dup2(2, 1)
if hasattr(os, "sched_setaffinity"):
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:1])

versions, missing = {}, {}
try:
    import matplotlib
    import numpy as np

    matplotlib.use("agg")
    import matplotlib.pyplot as plt

    versions["matplotlib"] = matplotlib.__version__
except Exception as error:  # whatever keeps it from loading makes it missing
    missing["matplotlib"] = f"{type(error).__name__}: {error}".splitlines()[0][:120]
try:
    import oxipng

    versions["oxipng"] = "found"
except Exception as error:
    missing["oxipng"] = f"{type(error).__name__}: {error}".splitlines()[0][:120]

DPI = 144  # two pixels a point, as LabKit's figures have
figures = {}


def data(name, *shape):
    return np.fromfile(os.path.join(folder, name), dtype="<f8").reshape(*shape)


def make(job, peer):
    size = lambda width, height: (2 * width / DPI, 2 * height / DPI)
    if job == "images":
        images = data(job, 50, 28, 28)
        figure, axes = plt.subplots(5, 10, figsize=size(921, 546))
        for index, (axis, image) in enumerate(zip(axes.flat, images)):
            axis.imshow(image, cmap="gray", vmin=0, vmax=1)
            axis.set_title(str(index % 10), fontsize=9)
            axis.set_xticks([])
            axis.set_yticks([])
        return figure
    figure, axes = plt.subplots(figsize=size(640, 480))
    if job == "lines":
        for values, name in zip(data(job, 3, 500), ["Swift", "TensorFlow", "PyTorch"]):
            axes.plot(values, label=name)
    elif job == "line":
        axes.plot(data(job, 1000), label="loss")
    elif job == "heatmap":
        figure.colorbar(axes.imshow(data(job, 1000, 1000), cmap="viridis"), ax=axes)
    else:
        x, y = data(job, 2, -1)
        if peer.endswith("scatter"):
            axes.scatter(x, y, s=25, label="points")
        else:
            axes.plot(x, y, "o", markersize=5, label="points")
    axes.set_title("Training loss")
    axes.set_xlabel("step")
    axes.set_ylabel("cross-entropy (nats)")
    if job != "heatmap":
        axes.grid(True)
        axes.legend(loc="upper right")
    return figure


def answer(request):
    job, peer = request["job"], request["peer"]
    if peer == "oxipng":
        with open(job, "rb") as file:
            return {"bytes": len(oxipng.optimize_from_memory(file.read(), level=4))}
    if (job, peer) not in figures:
        figures[job, peer] = make(job, peer)
    times = []
    for _ in range(request["steps"]):
        file = io.BytesIO()
        start = time.perf_counter()
        figures[job, peer].savefig(file, dpi=DPI, format="png")
        times.append(1000 * (time.perf_counter() - start))
    return {"milliseconds": times, "bytes": len(file.getvalue())}


print(json.dumps({"versions": versions, "missing": missing, "peers": sorted(versions)}), file=out, flush=True)
for line in sys.stdin:
    try:
        reply = answer(json.loads(line))
    except Exception as error:
        reply = {"error": f"{type(error).__name__}: {error}".splitlines()[0][:120]}
    print(json.dumps(reply), file=out, flush=True)
