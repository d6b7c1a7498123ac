"""Draws cost.png: what an epoch costs with more samples, wider layers and more layers.

Run it from the project's folder: python assets/make_cost.py
The numbers are measured by `python -m benchmarks.scaling` and stored in benchmarks/cost.json.
"""

import json
from pathlib import Path

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

PICTURE = Path(__file__).with_name("cost.png")
NUMBERS = Path(__file__).parent.parent / "benchmarks" / "cost.json"
BLUE, ORANGE = "#0072B2", "#D55E00"  # two of Okabe and Ito's
INK, FAINT = "#222222", "#BBBBBB"
PANELS = [
    ("samples", "samples", [("samples", BLUE, "o", "all at once"), ("samples in batches", ORANGE, "s", "in batches")]),
    ("neurons in each of two layers", "width", [("width", BLUE, "o", "")]),
    ("hidden layers of 128 neurons", "depth", [("depth", BLUE, "o", "")]),
]


def bend(sweep):
    """Between which points the exponent leaves the flat part: where it passes the middle of first and last."""
    exponents = sweep["exponents"]
    middle = (exponents[0] + exponents[-1]) / 2
    place = next(number for number, exponent in enumerate(exponents) if exponent > middle)
    return sweep["points"][place], sweep["points"][place + 1]


def draw_panel(axes, numbers, label, lines):
    for name, colour, marker, words in lines:
        sweep = numbers[name]
        axes.plot(sweep["points"], sweep["cost"], marker=marker, color=colour, label=words, linewidth=2, markersize=6)
    axes.set(xscale="log", yscale="log", xlabel=label)
    sweep = numbers[lines[0][0]]
    first, last = sweep["exponents"][0], sweep["exponents"][-1]
    if last - first > 0.5:
        axes.axvspan(*bend(sweep), color=FAINT, alpha=0.45, linewidth=0)
        axes.text(0.03, 0.24 if lines[1:] else 0.93, f"slope {first:.1f}", transform=axes.transAxes, color=BLUE)
    axes.text(0.98, 0.06, f"slope {last:.1f}", transform=axes.transAxes, color=BLUE, ha="right")
    axes.spines[["top", "right"]].set_visible(False)
    axes.set_ylim(0.5, 130)
    axes.set_xticks(sweep["points"][:: 3 if len(sweep["points"]) > 6 else 1])
    axes.set_xticklabels([f"{point:,}" for point in axes.get_xticks().astype(int)])
    axes.minorticks_off()
    axes.set_yticks([1, 10, 100], ["1", "10", "100"])


def draw(numbers):
    figure = Figure(figsize=(9.6, 3.3), facecolor="white", layout="constrained")
    FigureCanvasAgg(figure)
    for axes, (label, _, lines) in zip(figure.subplots(1, 3, sharey=True), PANELS):
        draw_panel(axes, numbers, label, lines)
    first = figure.axes[0]
    first.set_ylabel("cost of an epoch (the spiral: 1)")
    first.legend(frameon=False, loc="upper left")
    return figure


if __name__ == "__main__":
    import matplotlib

    matplotlib.rcParams.update({"font.size": 12, "text.color": INK, "axes.labelcolor": INK})
    draw(json.loads(NUMBERS.read_text())).savefig(PICTURE, dpi=150)
    print(PICTURE)
