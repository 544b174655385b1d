"""Figures as drawings in SVG: against size as small plots, a line of dots each, sizes by their logarithm; or as bars.

`python -m tests.benchmarks.plot` draws the bars of docs/benchmarks.md anew, from the tables that stand there.
"""

from __future__ import annotations

import html
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

_WIDTH, _HEIGHT, _COLUMNS = 300, 200, 3
_LEFT, _RIGHT, _TOP, _BOTTOM = 52, 16, 34, 34
_BAR, _GAP, _NAMES, _FIGURES = 14, 10, 250, 60
_INKS = ("#1f5f8b", "#b3541e", "#4b7f52")


@dataclass(frozen=True, slots=True)
class Plot:
    """One small plot. lines: by name, a figure for each size."""

    title: str
    lines: tuple[tuple[str, tuple[float, ...]], ...]


@dataclass(frozen=True, slots=True)
class Bars:
    """Figures side by side: a group of bars for each row, in each a bar for every name of `kinds`."""

    title: str
    kinds: tuple[str, ...]
    rows: tuple[tuple[str, tuple[float, ...]], ...]


def svg(sizes: Sequence[int], plots: Sequence[Plot], *, across: str) -> str:
    """Return the drawing. across: what the sizes count."""
    rows = math.ceil(len(plots) / _COLUMNS)
    width, height = _WIDTH * _COLUMNS, _HEIGHT * rows
    drawn = "".join(
        f'<g transform="translate({_WIDTH * (at % _COLUMNS)} {_HEIGHT * (at // _COLUMNS)})">'
        f"{_plot(sizes, plot, across)}</g>"
        for at, plot in enumerate(plots)
    )
    return _sheet(drawn, width, height)


def bars_svg(bars: Bars) -> str:
    """Return the drawing: bars that lie, each with its figure behind it."""
    top = max(figure for _, figures in bars.rows for figure in figures)
    parts = [f'<text x="12" y="20" font-weight="bold" fill="#222222">{html.escape(bars.title)}</text>']
    if len(bars.kinds) > 1:
        parts.append(f'<text x="{_NAMES}" y="20">{_named(bars.kinds)}</text>')
    y = _TOP
    for name, figures in bars.rows:
        middle = y + _BAR * len(figures) / 2 + 4
        parts.append(
            f'<text x="{_NAMES - 8}" y="{middle:.1f}" text-anchor="end" fill="#555555">{html.escape(name)}</text>'
        )
        for figure, ink in zip(figures, _INKS, strict=False):
            long = (_WIDTH * 2 - _NAMES - _FIGURES) * figure / top
            parts.append(
                f'<rect x="{_NAMES}" y="{y + 1}" width="{long:.1f}" height="{_BAR - 2}" fill="{ink}"/>'
                f'<text x="{_NAMES + long + 5:.1f}" y="{y + _BAR - 3}" fill="#222222">{figure:g}</text>'
            )
            y += _BAR
        y += _GAP
    return _sheet("".join(parts), _WIDTH * 2, y)


def bars_of(page: str) -> dict[str, Bars]:
    """Return what is drawn of the page of the benchmarks, by the name of the picture."""
    encoder, ways = _table(page, "| texts | ours"), _table(page, "| R@2 / R@5 |")
    static = _table(page, "| R@2 / R@5, `--encoder static` |")
    pooled = [*ways, *((f"{name}, static encoder", figures) for name, figures in static)]
    return {
        "start": Bars("From a cold process, s", ("median of 5",), tuple(_table(page, "| cold start |"))),
        "encoder": Bars(
            "Encoder, passages/s",
            ("ours", "Chroma's ONNXMiniLM_L6_V2"),
            tuple((name, figures[:2]) for name, figures in encoder),
        ),
        "search": Bars(
            "Right passages, pooled, %",
            ("among the first 2", "among the first 5"),
            tuple((name, figures[-2:]) for name, figures in pooled),
        ),
    }


def _table(page: str, head: str) -> list[tuple[str, tuple[float, ...]]]:
    """Return the rows of the table whose head begins so: the first cell, and every figure of the others."""
    lines = page[page.index(head) :].partition("\n\n")[0].splitlines()[2:]
    rows = [line.strip("| ").split(" | ", 1) for line in lines]
    return [(name, tuple(map(float, re.findall(r"\d+(?:\.\d+)?", figures)))) for name, figures in rows]


def top_of(figures: Sequence[float]) -> float:
    """Return the end of an axis from 0 that holds all figures: 1, 2 or 5 times a power of ten."""
    highest = max(figures, default=0.0)
    if highest <= 0:
        return 1.0
    power = 10.0 ** math.floor(math.log10(highest))
    return next(step * power for step in (1, 2, 5, 10) if step * power >= highest)


def _plot(sizes: Sequence[int], plot: Plot, across: str) -> str:
    top = top_of([figure for _, figures in plot.lines for figure in figures])
    parts = [f'<text x="{_LEFT}" y="18" font-weight="bold" fill="#222222">{html.escape(plot.title)}</text>']
    for share in (0, 0.5, 1):
        y = _down(share)
        parts.append(
            f'<path d="M{_LEFT} {y:.1f}H{_WIDTH - _RIGHT}" stroke="#dddddd"/>'
            f'<text x="{_LEFT - 6}" y="{y + 4:.1f}" text-anchor="end" fill="#555555">{_shown(top * share)}</text>'
        )
    for size in sizes:
        parts.append(
            f'<text x="{_along(size, sizes):.1f}" y="{_HEIGHT - _BOTTOM + 16}" text-anchor="middle" fill="#555555">'
            f"{_short(size)}</text>"
        )
    parts.append(
        f'<text x="{_WIDTH - _RIGHT}" y="{_HEIGHT - 4}" text-anchor="end" fill="#777777">{html.escape(across)}</text>'
    )
    for (_, figures), ink in zip(plot.lines, _INKS, strict=False):
        places = [(_along(size, sizes), _down(figure / top)) for size, figure in zip(sizes, figures, strict=True)]
        path = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in places)
        parts.append(f'<path d="{path}" fill="none" stroke="{ink}" stroke-width="2"/>')
        parts += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{ink}"/>' for x, y in places]
    if len(plot.lines) > 1:
        named = _named([name for name, _ in plot.lines])
        parts.append(f'<text x="{_LEFT - 4}" y="{_TOP - 3}">{named}</text>')
    return "".join(parts)


def _named(names: Sequence[str]) -> str:
    """Return the names in the inks of what they name."""
    return "".join(
        f'<tspan fill="{ink}" dx="8">{html.escape(name)}</tspan>' for name, ink in zip(names, _INKS, strict=False)
    )


def _sheet(drawn: str, width: int, height: int) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        f'font-family="sans-serif" font-size="11"><rect width="{width}" height="{height}" fill="#ffffff"/>'
        f"{drawn}</svg>\n"
    )


def _along(size: int, sizes: Sequence[int]) -> float:
    first, last = math.log(min(sizes)), math.log(max(sizes))
    share = (math.log(size) - first) / (last - first) if last > first else 0.5
    return _LEFT + 12 + share * (_WIDTH - _LEFT - _RIGHT - 24)


def _down(share: float) -> float:
    return _HEIGHT - _BOTTOM - share * (_HEIGHT - _TOP - _BOTTOM - 6)


def _shown(figure: float) -> str:
    return f"{figure:,.0f}" if figure >= 10 else f"{figure:g}"


def _short(size: int) -> str:
    return f"{round(size / 1000, 1):g}k" if size >= 1000 else str(size)


if __name__ == "__main__":
    docs = Path(__file__).resolve().parents[2] / "docs"
    for name, bars in bars_of((docs / "benchmarks.md").read_text("utf-8")).items():
        (docs / "images" / f"{name}.svg").write_text(bars_svg(bars), "utf-8")
