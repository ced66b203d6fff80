#!/usr/bin/env python3
"""Makes the small files of data that fuzzing begins with: safetensors, gzip, paint for pictures.

    python3 make-data-seeds.py .

Needs nothing but Python; the same bytes every time.
"""

import gzip
import json
import pathlib
import struct
import sys

root = pathlib.Path(sys.argv[1])


def safetensors(tensors, metadata=None, padding=b""):
    """The bytes of a file: name → (type, dimensions, data)."""
    header, body = {}, b""
    if metadata is not None:
        header["__metadata__"] = metadata
    for name, (kind, shape, data) in tensors.items():
        header[name] = {
            "dtype": kind,
            "shape": shape,
            "data_offsets": [len(body), len(body) + len(data)],
        }
        body += data
    text = json.dumps(header, ensure_ascii=False, separators=(",", ":")).encode() + padding
    return struct.pack("<Q", len(text)) + text + body


folder = root / "safetensors"
folder.mkdir(exist_ok=True)
every = {
    "F64": struct.pack("<2d", 0.5, -1e300),
    "F32": struct.pack("<2f", 1.5, -0.0),
    "F16": b"\x00\x3c\xff\x7b",
    "BF16": b"\x80\x3f\x80\x7f",
    "I64": struct.pack("<2q", -1, 2**62),
    "I32": struct.pack("<2i", -1, 7),
    "I16": struct.pack("<2h", -1, 7),
    "I8": b"\xff\x07",
    "U8": b"\xff\x07",
    "BOOL": b"\x01\x00",
}
(folder / "types.safetensors").write_bytes(
    safetensors({"t" + kind: (kind, [2], data) for kind, data in every.items()})
)
(folder / "shapes.safetensors").write_bytes(
    safetensors(
        {
            "scalar": ("F32", [], struct.pack("<f", 3)),
            "empty": ("F32", [0, 3], b""),
            "Gewicht é \"q\"": ("F32", [1, 2, 1], struct.pack("<2f", 1, 2)),
        },
        metadata={"format": "pt", "note": "a\nb"},
        padding=b"   ",
    )
)
(folder / "none.safetensors").write_bytes(safetensors({}))

folder = root / "gzip"
images = bytes([0, 0, 8, 3]) + struct.pack(">3I", 2, 3, 2) + bytes(range(12))
# `readGzip` puts the two bytes that every gzip stream begins with in front.
for name, level in {"stored": 0, "deflated": 9}.items():
    (folder / name).write_bytes(gzip.compress(images, level, mtime=0)[2:])
two = gzip.compress(images[:9], 9, mtime=0) + gzip.compress(images[9:], 9, mtime=0)
(folder / "two-members").write_bytes(two[2:])

# Width and colours, then kind, value and length of each piece: see `writePixels`.
folder = root / "pixels"
folder.mkdir(exist_ok=True)
run, noise, ramp, copy = 0, 2, 3, 4
many = 8
for name, data in {
    "runs": [60, 0, run | many, 7, 90, run, 9, 30, copy | 1 << 4 | many, 0, 200],
    "noise": [40, 3, noise | many, 255, 255, noise, 15, 200],
    "ramp": [99, 2, ramp | many, 1, 60, copy | 4 << 4 | many, 5, 99, ramp, 3, 50],
    "far": [80, 5, noise | many, 3, 128, run | many, 0, 255, copy | 3 << 4 | many, 254, 99],
}.items():
    (folder / name).write_bytes(bytes(data))
