"""Makes commonmark.json and gfm.json: the examples of the two specifications, each with what cmark
makes of it.

    pip install cmarkgfm==2025.10.22
    pip download --no-deps --no-binary :all: marko==2.2.4      # holds the text of both specifications
    python make-specification.py marko-2.2.4/tests/spec .

The examples are data from the CommonMark specification 0.31.2 (https://spec.commonmark.org, John
MacFarlane) and the GitHub Flavored Markdown specification 0.29 (https://github.github.com/gfm),
both licensed CC BY-SA 4.0. The HTML is not taken from them: cmark-gfm writes it.
"""

import json
import re
import sys

import cmarkgfm
from cmarkgfm.cmark import Options

folder, target = sys.argv[1:]
fence = re.compile(r"^`{32} example(.*?)\n(.*?)^\.\n(.*?)^`{32}$", re.M | re.S)


def examples(name):
    text = open(f"{folder}/{name}.txt", encoding="utf-8").read()
    section, number, position = "", 0, 0
    for match in fence.finditer(text):
        for heading in re.finditer(r"^#{2,3} (.*)$", text[position : match.start()], re.M):
            section = heading.group(1).strip()
        position = match.end()
        number += 1
        yield number, section, match.group(2).replace("→", "\t")


def write(name, convert):
    result = [
        {"example": number, "section": section, "markdown": markdown, "html": convert(markdown)}
        for number, section, markdown in examples(name)
    ]
    with open(f"{target}/{name}.json", "w", encoding="utf-8") as file:
        json.dump(result, file, ensure_ascii=False, indent=0)
        file.write("\n")
    print(name, len(result))


write("commonmark", lambda text: cmarkgfm.markdown_to_html(text, Options.CMARK_OPT_UNSAFE))
write(
    "gfm",
    lambda text: cmarkgfm.github_flavored_markdown_to_html(text, Options.CMARK_OPT_UNSAFE),
)
