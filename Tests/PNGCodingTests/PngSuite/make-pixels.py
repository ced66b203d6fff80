#!/usr/bin/env python3
"""Says what pixels every file of PngSuite shows, by a decoder that has nothing to do with libpng.

    pip install pypng==0.20220715.0
    python3 make-pixels.py FOLDER > FOLDER/pixels.txt

One line a file: name, width, height, and the SHA-256 digest of R, G, B, A of every pixel in 8 bits, as
PNGDecoder documents them: 16 bits rounded to the nearest of 8; with a gAMA chunk, and neither sRGB nor
iCCP, the exponent 1 / (2.2 * gAMA) unless within 5 % of 1. Or "refused", for the broken files.
"""

import hashlib
import io
import pathlib
import sys

import png


def pixels(path):
    chunks = list(png.Reader(bytes=path.read_bytes()).chunks())
    kinds = [kind for kind, _ in chunks]
    # pypng would shift components down to the bits that sBIT calls significant.
    whole = io.BytesIO()
    png.write_chunks(whole, [chunk for chunk in chunks if chunk[0] != b"sBIT"])
    reader = png.Reader(bytes=whole.getvalue())
    width, height, rows, info = reader.asDirect()
    top = 2 ** info["bitdepth"] - 1
    planes = info["planes"]
    exponent = 1.0
    if info.get("gamma") and b"sRGB" not in kinds and b"iCCP" not in kinds:
        product = 2.2 * info["gamma"]
        if abs(product - 1) > 0.05:
            exponent = 1 / product

    def colour(v):
        if exponent == 1.0:
            return (v * 255 + top // 2) // top
        return int(255 * (v / top) ** exponent + 0.5)

    def opacity(v):
        return (v * 255 + top // 2) // top

    result = bytearray()
    for row in rows:
        row = list(row)
        for x in range(0, len(row), planes):
            pixel = row[x : x + planes]
            alpha = opacity(pixel.pop()) if planes in (2, 4) else 255
            if len(pixel) == 1:
                pixel = pixel * 3
            result += bytes([colour(v) for v in pixel] + [alpha])
    assert len(result) == 4 * width * height
    return width, height, hashlib.sha256(result).hexdigest()


for path in sorted(pathlib.Path(sys.argv[1]).glob("*.png")):
    try:
        print(path.stem, *pixels(path))
    except (png.Error, AssertionError):
        print(path.stem, "refused")
