#!/usr/bin/env python3
"""Makes the PNG files that the decoder is tested with, one of each kind.

    python3 make.py OUTPUT-FOLDER

Needs nothing but Python's zlib. Every file shows the same 5×3 picture as far as its kind can hold
it: component c of the pixel in column x of row y is (50·x + 60·y + 40·c) mod 256.
"""

import pathlib
import struct
import sys
import zlib

WIDTH, HEIGHT = 5, 3


def component(x, y, c):
    return (50 * x + 60 * y + 40 * c) % 256


def chunk(kind, data):
    body = kind + data
    return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))


def pack(samples, depth):
    if depth == 16:
        return b"".join(struct.pack(">H", s) for s in samples)
    bits = "".join(format(s, f"0{depth}b") for s in samples)
    bits += "0" * (-len(bits) % 8)
    return bytes(int(bits[i : i + 8], 2) for i in range(0, len(bits), 8))


def passes(interlaced):
    if not interlaced:
        return [(0, 0, 1, 1)]
    return [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2),
            (0, 1, 1, 2)]


def png(kind, depth, pixel, extra=b"", interlaced=False):
    raw = b""
    for x0, y0, dx, dy in passes(interlaced):
        for y in range(y0, HEIGHT, dy):
            row = [s for x in range(x0, WIDTH, dx) for s in pixel(x, y)]
            if row:
                raw += b"\0" + pack(row, depth)
    header = struct.pack(">IIBBBBB", WIDTH, HEIGHT, depth, kind, 0, 0, int(interlaced))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + extra
            + chunk(b"IDAT", zlib.compress(raw)) + chunk(b"IEND", b""))


def main():
    folder = pathlib.Path(sys.argv[1])
    palette = bytes(component(x, y, c) for y in range(HEIGHT) for x in range(WIDTH)
                    for c in range(3))
    alphas = bytes(component(x, y, 3) for y in range(HEIGHT) for x in range(WIDTH))

    def components(*which):
        return lambda x, y: [component(x, y, c) for c in which]

    files = {
        "gray8": png(0, 8, components(0)),
        "gray1": png(0, 1, lambda x, y: [(x + y) % 2]),
        "gray16": png(0, 16, lambda x, y: [component(x, y, 0) * 257]),
        "gray-alpha8": png(4, 8, components(0, 3)),
        "rgb8": png(2, 8, components(0, 1, 2)),
        "rgb16": png(2, 16, lambda x, y: [component(x, y, c) * 257 for c in range(3)]),
        "rgba8": png(6, 8, components(0, 1, 2, 3)),
        "rgba8-interlaced": png(6, 8, components(0, 1, 2, 3), interlaced=True),
        "palette4": png(3, 4, lambda x, y: [y * WIDTH + x], chunk(b"PLTE", palette)),
        "palette8-alpha": png(3, 8, lambda x, y: [y * WIDTH + x],
                              chunk(b"PLTE", palette) + chunk(b"tRNS", alphas)),
    }
    for name, data in files.items():
        (folder / f"{name}.png").write_bytes(data)


if __name__ == "__main__":
    main()
