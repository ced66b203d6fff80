#!/bin/sh
# Makes the small IDX files beside this script: 3 images of 2×2 pixels and their labels.
#   sh make-fixtures.sh [FOLDER]
set -eu
cd "${1:-$(dirname "$0")}"
printf '\0\0\10\3\0\0\0\3\0\0\0\2\0\0\0\2\0\1\2\3\374\375\376\377\20\21\22\23' > images.idx
printf '\0\0\10\1\0\0\0\3\7\2\1' > labels.idx
gzip -9 -n -c images.idx > images.idx.gz
