"""Small notebooks for the tests of the machinery, among them one without any fault."""

import nbformat.v4 as v4
from nbformat import write

from tests.course.notebooks import CHAPTERS

SENTENCE = "A line that rises from the lower left to the upper right."
PLAIN = "Words that explain one idea to one reader, slowly and in short sentences. " * 4


def text(source):
    return v4.new_markdown_cell(source)


def code(source, *cell_tags, outputs=()):
    metadata = {"tags": list(cell_tags)} if cell_tags else {}
    return v4.new_code_cell(source, metadata=metadata, outputs=list(outputs), execution_count=1)


def figure(source, alt=SENTENCE):
    data = {"text/html": f'<img alt="{alt}" src="data:image/png;base64,AAAA">', "text/plain": alt}
    return code(source, outputs=[v4.new_output("execute_result", data, execution_count=1)])


def fold(summary, body):
    return f"<details><summary>{summary}</summary>\n\n{body}\n\n</details>"


def save(path, *cells):
    """Write a notebook of these cells; strings are code."""
    cells = [code(cell) if isinstance(cell, str) else cell for cell in cells]
    write(v4.new_notebook(cells=cells), str(path))
    return path


def complete_chapter():
    """The cells of a chapter in which every rule is kept; the tests plant one fault at a time."""
    error = v4.new_output("error", ename="ValueError", evalue="shapes", traceback=["shapes"])
    exercise = "answer = ...\ncheck.{}(answer)"
    solution = fold("Solution", "```python\nanswer = 2\n```")
    return [
        text("# Neurons that add\n\nChapter 2, Coding Our First Neurons. 60 minutes. You will have built a neuron "
             "that you understand, number by number. You need: loops and functions."),
        text(fold("For the teacher", "10 min for the first part.")),
        code("import numpy as np"),
        text("## Recall\n\nWhat is this? And that?\n\n" + PLAIN + fold("Answers", "1 and 2")),
        figure("overview()"),
        text("## 1. The idea\n\n" + PLAIN),
        code("weights = [1, 2]"),
        text("**Predict**: how many?\n\n(a) one\n\n(b) two\n\n" + PLAIN),
        code("len(weights)"),
        text(PLAIN),
        code("# keep: layers\nclass Layer:\n    pass"),
        text("**Predict**: and now?\n\n- (a) one\n- (b) two\n\n" + PLAIN),
        figure("picture()"),
        figure("second_picture()"),
        text("## 2. Shapes\n\n" + PLAIN),
        code("shape_diary(weights=(weights, 'a row', 'a column'))"),
        text("## Explore\n\n**Mission**: find the setting. " + PLAIN),
        figure("def draw(angle=0):\n    return picture.update(angle, weights)\n\ndraw()"),
        code("explore(draw, angle=(0, 1, 1))", "nbval-ignore-output"),
        text(fold("What you saw", "It turned.") + PLAIN),
        text("## Break it\n\n" + PLAIN),
        code("np.dot([1, 2], [1, 2, 3])", "raises-exception", outputs=[error]),
        text("> **People think** it is so. **Try** it. **In fact** it is not.\n\n" + PLAIN),
        text("## Your turn\n\n" + PLAIN),
        code(exercise.format("first"), "exercise"),
        text(solution),
        text("Your turn again. " + PLAIN),
        code(exercise.format("second"), "exercise"),
        text(solution),
        text("## Quiz\n\n1. What is shown? ![A plot of a line that rises](https://example.org/line.png)\n\n"
             + "\n\n".join(fold(f"Answer {number}", "Because.") for number in (1, 2, 3))),
        text("## Kept\n\n`Layer` went to layers."),
        text("## Next\n\nWhat happens with two layers?\n\n"
             f"[Chapter 1]({CHAPTERS[0][2]}) · [All chapters](../README.md)"),
    ]
