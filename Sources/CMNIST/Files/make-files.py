"""Makes the four files beside this script from the full MNIST set.

    python make-files.py FOLDER [DESTINATION]

FOLDER holds the four files of the full set, plain or gzip. The first 1,000 training images and
labels are cut out and compressed (no name, no time in the gzip header, so that the same zlib gives
the same bytes); the test set is taken whole. The digests printed at the end are of the
uncompressed content, which no compressor changes: they stand in MNIST.swift and are verified
whenever a file is loaded.
"""

import gzip
import hashlib
import pathlib
import struct
import sys

source = pathlib.Path(sys.argv[1])
destination = pathlib.Path(sys.argv[2]) if len(sys.argv) > 2 else pathlib.Path(__file__).parent


def content(name):
    for path, read in ((source / name, bytes), (source / (name + ".gz"), gzip.decompress)):
        if path.exists():
            return read(path.read_bytes())
    sys.exit(f"{source} holds neither {name} nor {name}.gz")


def first(idx, count):
    """The IDX file of the first items: the same header but for the count."""
    rank = idx[3]
    sizes = struct.unpack(f">{rank}I", idx[4 : 4 + 4 * rank])
    item = 1
    for size in sizes[1:]:
        item *= size
    start = 4 + 4 * rank
    header = idx[:4] + struct.pack(f">{rank}I", count, *sizes[1:])
    return header + idx[start : start + count * item]


files = {
    "train1000-images-idx3-ubyte": first(content("train-images-idx3-ubyte"), 1000),
    "train1000-labels-idx1-ubyte": first(content("train-labels-idx1-ubyte"), 1000),
    "t10k-images-idx3-ubyte": content("t10k-images-idx3-ubyte"),
    "t10k-labels-idx1-ubyte": content("t10k-labels-idx1-ubyte"),
}
for name, data in files.items():
    compressed = gzip.compress(data, compresslevel=9, mtime=0)
    (destination / (name + ".gz")).write_bytes(compressed)
    print(hashlib.sha256(data).hexdigest(), len(data), len(compressed), name)
