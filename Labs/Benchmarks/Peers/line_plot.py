#!/usr/bin/env python3
"""Draws the benchmark's line plot with matplotlib whenever it is asked to.

Started by the benchmarks lab, which takes turns with it. Reads the data, one line of JSON:
{"series": [[y, …], …], "names": [name, …], "width": pixels, "height": pixels}. Answers with the
version of matplotlib. Then every line read makes it save the plot as PNG into memory, and answer
with the milliseconds that took and the number of bytes.

The figure is made once; what is timed is savefig alone.
"""

import io
import json
import sys
import time

import matplotlib

matplotlib.use("agg")
import matplotlib.pyplot as plt


def main():
    task = json.loads(sys.stdin.readline())
    dpi = 200
    figure, axes = plt.subplots(figsize=(task["width"] / dpi, task["height"] / dpi))
    for values, name in zip(task["series"], task["names"]):
        axes.plot(values, label=name)
    axes.set_title("Training loss")
    axes.set_xlabel("step")
    axes.set_ylabel("cross-entropy (nats)")
    axes.grid(True)
    axes.legend()
    print(matplotlib.__version__, flush=True)
    for _ in sys.stdin:
        file = io.BytesIO()
        start = time.perf_counter()
        figure.savefig(file, dpi=dpi, format="png")
        print(1000 * (time.perf_counter() - start), len(file.getvalue()), flush=True)


if __name__ == "__main__":
    main()
