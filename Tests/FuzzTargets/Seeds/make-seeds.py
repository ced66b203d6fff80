#!/usr/bin/env python3
"""Makes the small fonts that fuzzing begins with: a few letters of the embedded font each.

    pip install fonttools==4.68.0
    python3 make-seeds.py ../../../Sources/CFonts/fonts/DejaVuSans-subset.ttf truetype

The first has letters of several contours and an accented, composite one; the second pairs with
kerning. Their licence is that of the embedded fonts, beside which it stands.
"""

import pathlib
import sys

from fontTools import subset, ttLib

for name, text in {"letters": "Hxdpé", "kerning": "AVToWa"}.items():
    options = subset.Options()
    options.hinting = False
    options.legacy_kern = True
    options.notdef_outline = True
    options.glyph_names = False
    options.name_IDs = []
    options.recalc_timestamp = False
    font = ttLib.TTFont(sys.argv[1], recalcTimestamp=False)
    tool = subset.Subsetter(options)
    tool.populate(text=text)
    tool.subset(font)
    font.save(pathlib.Path(sys.argv[2]) / f"{name}.ttf")
