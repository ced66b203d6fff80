"""Draws the twelve figures of the lab `pairs` with matplotlib, from the data that it wrote, and joins
each with the picture that Swift drew.

    swift run pairs --into FOLDER
    python draw.py FOLDER

writes NAME-matplotlib.png and NAME-pair.png (ours on the left) beside NAME.png. Needs matplotlib,
numpy and pillow. Every figure has the size of ours at the same number of pixels; titles, labels and
legends are given as a lab author would, everything else is matplotlib's default.
"""

import datetime
import json
import pathlib
import sys

import matplotlib

matplotlib.use("Agg")
import matplotlib.dates
import matplotlib.pyplot as plt
import numpy as np
from matplotlib.ticker import PercentFormatter
from PIL import Image

folder = pathlib.Path(sys.argv[1])
# 480×300 points of ours are 6.4×4 inches of matplotlib's, whose default width is 6.4.
POINTS_PER_INCH = 75
DPI = 150


def figure(data, **options):
    size = (data["width"] / POINTS_PER_INCH, data["height"] / POINTS_PER_INCH)
    return plt.subplots(figsize=size, dpi=DPI, layout="constrained", **options)


def loss_bands(d):
    fig, ax = figure(d)
    for key, name in (("sgd", "SGD"), ("adam", "Adam")):
        y, e = np.array(d[key]), np.array(d[key + "_error"])
        ax.plot(d["epochs"], y, label=name)
        ax.fill_between(d["epochs"], y - e, y + e, alpha=0.2)
    ax.set(title="Training loss", xlabel="epoch", ylabel="cross-entropy (nats)")
    ax.legend()
    return fig


def accuracy(d):
    fig, ax = figure(d)
    ax.plot(d["epochs"], d["train"], label="training")
    ax.plot(d["epochs"], d["test"], "o-", label="test")
    ax.axvline(d["stop"], color="gray", linestyle="--", label="stopped")
    ax.yaxis.set_major_formatter(PercentFormatter(1))
    ax.set(title="Accuracy", xlabel="epoch", ylabel="accuracy")
    ax.legend()
    return fig


def confusion(d):
    fig, ax = figure(d)
    values = np.array(d["values"])
    image = ax.imshow(values, cmap="Blues")
    ax.set_xticks(range(10), d["names"])
    ax.set_yticks(range(10), d["names"])
    for row in range(10):
        for column in range(10):
            color = "white" if values[row, column] > values.max() / 2 else "black"
            ax.text(
                column, row, f"{values[row, column]:.0f}", ha="center", va="center", color=color,
                fontsize=8)
    fig.colorbar(image, label="images")
    ax.set(title="Confusion matrix", xlabel="predicted", ylabel="true")
    return fig


def images(d):
    fig, axes = figure(d, nrows=2, ncols=5)
    for ax, pixels, caption in zip(axes.flat, d["images"], d["captions"]):
        ax.imshow(pixels, cmap="gray")
        ax.set_title(caption, fontsize="small", color="red" if "read" in caption else "black")
        ax.axis("off")
    fig.suptitle("Test images")
    return fig


def kernels(d):
    fig, axes = figure(d, nrows=2, ncols=4)
    for index, (ax, kernel) in enumerate(zip(axes.flat, d["kernels"])):
        image = ax.imshow(kernel, cmap="RdBu_r", vmin=-0.5, vmax=0.5)
        ax.set_title(f"kernel {index}", fontsize="small")
        ax.axis("off")
    fig.colorbar(image, ax=axes, label="weight")
    fig.suptitle("First layer")
    return fig


def calibration(d):
    fig, ax = figure(d)
    x, y, e = (np.array(d[key]) for key in ("loads", "readings", "errors"))
    fit, cov = np.polyfit(x, y, 1, w=1 / e, cov="unscaled")
    line = np.linspace(x.min(), x.max(), 100)
    spread = np.sqrt(cov[0, 0] * line**2 + 2 * cov[0, 1] * line + cov[1, 1])
    ax.plot(line, np.polyval(fit, line), label="fit")
    ax.fill_between(
        line, np.polyval(fit, line) - 1.96 * spread, np.polyval(fit, line) + 1.96 * spread,
        alpha=0.2)
    ax.errorbar(x, y, yerr=e, fmt="o", label="measured")
    ax.set(title="Calibration", xlabel="load (g)", ylabel="reading (V)")
    ax.legend()
    return fig


def histograms(d):
    fig, ax = figure(d)
    edges = np.histogram_bin_edges(np.concatenate([d["before"], d["after"]]), bins="fd")
    ax.hist(d["before"], bins=edges, alpha=0.75, label="before training")
    ax.hist(d["after"], bins=edges, alpha=0.75, label="after training")
    ax.set(title="Weights", xlabel="weight", ylabel="weights per bin")
    ax.legend()
    return fig


def bars(d):
    fig, (grouped, stacked) = figure(d, ncols=2, sharey=True)
    places = np.arange(len(d["layers"]))
    grouped.bar(places - 0.18, d["forward"], 0.36, yerr=d["forward_errors"], label="forward")
    grouped.bar(places + 0.18, d["backward"], 0.36, yerr=d["backward_errors"], label="backward")
    stacked.bar(places, d["forward"], 0.72, yerr=d["forward_errors"], label="forward")
    stacked.bar(
        places, d["backward"], 0.72, bottom=d["forward"], yerr=d["backward_errors"],
        label="backward")
    for ax, title in ((grouped, "Grouped"), (stacked, "Stacked")):
        ax.set_xticks(places, d["layers"])
        ax.set(title=title, xlabel="layer")
    grouped.set(ylabel="time (ms)")
    grouped.legend()
    fig.suptitle("Time per layer")
    return fig


def scaling(d):
    fig, ax = figure(d)
    ax.loglog(d["sizes"], d["direct"], "o-", label="direct")
    ax.loglog(d["sizes"], d["fast"], "s-", label="fast")
    theory = np.geomspace(64, 4096, 100)
    ax.loglog(theory, 2e-9 * theory**2, "--", color="gray", label="$n^2$")
    ax.set(title="Scaling", xlabel="points", ylabel="time (s)")
    ax.legend()
    return fig


def roc(d):
    fig, ax = figure(d)
    ax.plot([0, 1], [0, 1], "--", color="gray", label="guessing")
    for name in ("network", "linear"):
        area = d[name + "_area"]
        ax.plot(d[name + "_x"], d[name + "_y"], label=f"{name}, area {area:.3f}")
    ax.set(
        title="ROC", xlabel="false positive rate", ylabel="true positive rate", xlim=(0, 1),
        ylim=(0, 1), aspect="equal")
    ax.legend()
    return fig


def dates(d):
    fig, ax = figure(d)
    days = [datetime.datetime.fromtimestamp(s, datetime.timezone.utc) for s in d["seconds"]]
    load = np.array(d["load"])
    load[d["from"] : d["to"]] = np.nan
    ax.axvspan(days[d["from"]], days[d["to"]], color="gray", alpha=0.2, label="no power")
    ax.plot(days, load)
    ax.set(title="Cluster load", xlabel="day", ylabel="busy hours")
    ax.set_ylim(bottom=0)
    ax.legend()
    return fig


def boundary(d):
    fig, ax = figure(d)
    field = np.array(d["field"])
    x, y = np.linspace(-1.5, 2.5, field.shape[1]), np.linspace(1.5, -1.2, field.shape[0])
    image = ax.contourf(x, y, field, levels=np.linspace(0, 1, 11), cmap="RdBu_r", alpha=0.6)
    ax.contour(x, y, field, levels=[0.5], colors="black")
    ax.scatter(d["x0"], d["y0"], label="class 0", edgecolors="white")
    ax.scatter(d["x1"], d["y1"], label="class 1", marker="^", edgecolors="white")
    fig.colorbar(image, label="probability of class 1")
    ax.set(
        title="Decision boundary", xlabel="first feature", ylabel="second feature", aspect="equal")
    ax.legend()
    return fig


drawers = {
    "01-loss-bands": loss_bands, "02-accuracy": accuracy, "03-confusion": confusion,
    "04-images": images, "05-kernels": kernels, "06-calibration": calibration,
    "07-histograms": histograms, "08-bars": bars, "09-scaling": scaling, "10-roc": roc,
    "11-dates": dates, "12-boundary": boundary,
}

for name, draw in drawers.items():
    data = json.loads((folder / f"{name}.json").read_text())
    fig = draw(data)
    fig.savefig(folder / f"{name}-matplotlib.png")
    plt.close(fig)
    ours = Image.open(folder / f"{name}.png").convert("RGB")
    theirs = Image.open(folder / f"{name}-matplotlib.png").convert("RGB")
    pair = Image.new(
        "RGB", (ours.width + theirs.width + 20, max(ours.height, theirs.height)), "#888888")
    pair.paste(ours, (0, 0))
    pair.paste(theirs, (ours.width + 20, 0))
    pair.save(folder / f"{name}-pair.png")
    print(name)
