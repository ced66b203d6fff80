#!/usr/bin/env python3
"""Makes the two embedded fonts from the full DejaVu Sans and DejaVu Sans Bold.

    python3 subset.py FOLDER-WITH-DEJAVU OUTPUT-FOLDER

Needs fonttools (4.x). Keeps the characters that plots and reports label with, their outlines,
widths and pairwise kerning; drops hints, names and everything else the rasteriser does not read.
The output does not depend on the date.
"""

import pathlib
import sys

from fontTools import subset, ttLib

RANGES = [
    (0x20, 0x7E),  # ASCII
    (0xA0, 0xFF),  # Latin-1: ° ± ² ³ µ · ¹ × ÷ and the accented letters
    (0x100, 0x17F),  # Latin Extended-A: the rest of Europe's names
    (0x237, 0x237),  # ȷ, what a j becomes under an accent
    (0x2BC, 0x2BC), (0x2C6, 0x2C7), (0x2D8, 0x2DD),  # apostrophe and accents that stand alone
    (0x300, 0x36F),  # combining marks: x̄, θ̂, ẋ
    (0x384, 0x3CE), (0x3D1, 0x3D1), (0x3D5, 0x3D6), (0x3F1, 0x3F1), (0x3F5, 0x3F5),  # Greek
    (0x400, 0x45F), (0x490, 0x493), (0x49A, 0x49B), (0x4A2, 0x4A3), (0x4AE, 0x4B3),  # Cyrillic:
    (0x4BA, 0x4BB), (0x4D8, 0x4D9), (0x4E8, 0x4E9),  # Slavic, Kazakh, Kyrgyz, Tatar, Uzbek
    (0x1E00, 0x1E9F), (0x1EA0, 0x1EF9),  # Latin with dots, Vietnamese
    (0x2010, 0x2015), (0x2018, 0x201E), (0x2020, 0x2022), (0x2026, 0x2026),  # dashes, quotes
    (0x2009, 0x200A), (0x202F, 0x202F), (0x2002, 0x2003),  # spaces
    (0x2030, 0x2033), (0x2039, 0x203A), (0x20AC, 0x20AC),  # ‰ primes € guillemets
    (0x20D0, 0x20D1), (0x20D6, 0x20D7), (0x20DB, 0x20DC),  # vectors and dots above: v⃗
    (0x2070, 0x2071), (0x2074, 0x208E), (0x2090, 0x209C),  # super- and subscripts
    (0x2102, 0x2102), (0x210E, 0x210F), (0x2113, 0x2113), (0x2115, 0x2115),  # ℂ ℎ ℏ ℓ ℕ
    (0x211A, 0x211A), (0x211D, 0x211D), (0x2122, 0x2122), (0x2124, 0x2124), (0x2126, 0x2126),
    (0x2153, 0x215E),  # fractions
    (0x2190, 0x2199), (0x21A6, 0x21A6), (0x21BA, 0x21BB), (0x21D0, 0x21D5),  # arrows
    (0x2200, 0x220D), (0x220F, 0x2213), (0x2215, 0x2220), (0x2225, 0x222E),  # mathematical signs
    (0x2234, 0x2237), (0x223C, 0x223C), (0x2243, 0x2243), (0x2245, 0x2245), (0x2248, 0x2248),
    (0x2254, 0x2254), (0x2260, 0x2261), (0x2264, 0x2265), (0x226A, 0x226B), (0x221D, 0x221D),
    (0x2282, 0x2283), (0x2286, 0x2287), (0x2295, 0x2297), (0x2299, 0x2299), (0x22A4, 0x22A5),
    (0x22C5, 0x22C6), (0x22EE, 0x22F1),
    (0x2308, 0x230B), (0x27E8, 0x27E9), (0x2016, 0x2016),  # ⌈ ⌉ ⌊ ⌋ ⟨ ⟩ ‖
    (0x25A0, 0x25A1), (0x25AA, 0x25AB), (0x25B2, 0x25B3), (0x25B6, 0x25B7), (0x25BC, 0x25BD),
    (0x25C0, 0x25C1), (0x25C6, 0x25C7), (0x25CB, 0x25CB), (0x25CF, 0x25CF), (0x2605, 0x2606),
    (0x2713, 0x2718),  # ✓ ✗
    (0xFFFD, 0xFFFD),
]


def make(source: pathlib.Path, target: pathlib.Path) -> None:
    options = subset.Options()
    options.hinting = False
    options.layout_features = []
    options.legacy_kern = True
    options.notdef_outline = True
    options.glyph_names = False
    options.name_IDs = [0, 13, 14]  # copyright and licence
    options.drop_tables += ["GPOS", "GSUB", "GDEF", "MATH", "FFTM", "gasp", "post", "OS/2"]
    options.recalc_timestamp = False
    font = ttLib.TTFont(source, recalcTimestamp=False)
    tool = subset.Subsetter(options)
    tool.populate(unicodes=[c for a, b in RANGES for c in range(a, b + 1)])
    tool.subset(font)
    # One character map is enough: Unicode's basic plane, format 4.
    font["cmap"].tables = [
        t for t in font["cmap"].tables if (t.platformID, t.platEncID, t.format) == (3, 1, 4)
    ]
    font.save(target)
    print(f"{target.name}: {target.stat().st_size} bytes, {len(font.getGlyphOrder())} glyphs")


def main() -> None:
    source, target = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    make(source / "DejaVuSans.ttf", target / "DejaVuSans-subset.ttf")
    make(source / "DejaVuSans-Bold.ttf", target / "DejaVuSans-Bold-subset.ttf")


if __name__ == "__main__":
    main()
