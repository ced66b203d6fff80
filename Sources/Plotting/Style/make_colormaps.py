"""Writes Colormap+Tables.swift into the folder given: the colours of the built-in colormaps.

viridis and cividis are matplotlib's (CC0; S. van der Walt and N. Smith; J. Nuñez, C. Anderton and
R. Renslow). The others are made here in OKLab (B. Ottosson, 2020), so that lightness changes
evenly: that is what makes a map perceptual.

    python make_colormaps.py .
"""
import sys

import matplotlib
import numpy as np

matplotlib.use("Agg")

TO_LMS = np.array([
    [1, 0.3963377774, 0.2158037573],
    [1, -0.1055613458, -0.0638541728],
    [1, -0.0894841775, -1.2914855480],
])
TO_RGB = np.array([
    [4.0767416621, -3.3077115913, 0.2309699292],
    [-1.2684380046, 2.6097574011, -0.3413193965],
    [-0.0041960863, -0.7034186147, 1.7076147010],
])


def linear(lightness, chroma, hue):
    lab = np.stack([lightness, chroma * np.cos(hue), chroma * np.sin(hue)], axis=-1)
    return ((lab @ TO_LMS.T) ** 3) @ TO_RGB.T


def srgb(lightness, chroma, hue):
    """OKLCh to 8-bit sRGB, the chroma reduced where the screen has no such colour."""
    chroma = np.array(chroma, dtype=float)
    for _ in range(400):
        rgb = linear(lightness, chroma, hue)
        outside = ((rgb < -1e-4) | (rgb > 1 + 1e-4)).any(axis=-1)
        if not outside.any():
            break
        chroma = np.where(outside, chroma * 0.99, chroma)
    rgb = np.clip(rgb, 0, 1)
    coded = np.where(rgb <= 0.0031308, 12.92 * rgb, 1.055 * rgb ** (1 / 2.4) - 0.055)
    return np.rint(coded * 255).astype(int)


t = np.linspace(0, 1, 256)
signed = 2 * t - 1
distance = np.abs(signed)
# Red that stays red where it is dark, for which the screen has more chroma than for blue.
hue = np.where(signed < 0, np.radians(253), np.radians(25))
strength = np.where(signed < 0, 0.155, 0.19) * np.sin(np.pi / 2 * distance**0.9)
maps = {
    "viridis": matplotlib.colormaps["viridis"](np.arange(256), bytes=True)[:, :3],
    "cividis": matplotlib.colormaps["cividis"](np.arange(256), bytes=True)[:, :3],
    # Single hue: pale to deep on paper, deep to bright on a dark screen.
    "bluesLight": srgb(0.985 - 0.62 * t, 0.005 + 0.125 * np.sin(np.pi / 2 * t),
                       np.radians(255) + 0 * t),
    "bluesDark": srgb(0.25 + 0.58 * t, 0.02 + 0.085 * np.sin(np.pi / 2 * t),
                      np.radians(250) - 0.35 * t),
    # Two hues with the same lightness at the same distance from the middle.
    "divergingLight": srgb(0.975 - 0.6 * distance**0.95, strength, hue),
    "divergingDark": srgb(0.24 + 0.5 * distance, strength, hue),
}

lines = [
    "// Written by make_colormaps.py; change the script, not the table.",
    "",
    "/// The built-in colormaps: 256 colours each, six hexadecimal digits per colour.",
    "enum ColormapTable {",
]
for index, (name, colours) in enumerate(maps.items()):
    if index:
        lines.append("")
    lines.append(f'  static let {name} = """')
    digits = "".join("%02x%02x%02x" % tuple(int(v) for v in c) for c in colours)
    for start in range(0, len(digits), 90):
        end = "\\" if start + 90 < len(digits) else ""
        lines.append("    " + digits[start:start + 90] + end)
    lines.append('    """')
lines.append("}")
with open(sys.argv[1] + "/Colormap+Tables.swift", "w") as file:
    file.write("\n".join(lines) + "\n")
