"""Articles over time as an inline picture: bars, coloured by outlet."""

from __future__ import annotations

from ui import words
from ui.holdings import Counts
from ui.markup import attribute, short_name

_WIDTH, _GAP = 640, 2


def plot_html(counts: Counts, *, height: int = 120, by_outlet: bool = True) -> str:
    """Return a figure of one bar a month or year; nothing where no article is dated.

    The numbers stand in each bar's own title and, for who cannot see it, in the figure's label.
    """
    if not counts.bars:
        return ""
    tallest = max(bar.total for bar in counts.bars)
    step = min(_WIDTH / len(counts.bars), 40.0)
    drawn = []
    for place, bar in enumerate(counts.bars):
        top = float(height)
        parts = []
        for series, count in enumerate(bar.by_outlet) if by_outlet else [("all", bar.total)]:
            tall = count / tallest * height
            top -= tall
            if count:
                parts.append(
                    f'<rect class="series-{series}" x="{place * step:.1f}" y="{top:.1f}" '
                    f'width="{max(step - _GAP, 1):.1f}" height="{tall:.1f}"/>'
                )
        drawn.append(f"<g><title>{bar.name}: {bar.total}</title>{''.join(parts)}</g>")
    width = max(step * len(counts.bars), 1)
    spoken = attribute(f"{words.OVER_TIME}: {', '.join(f'{bar.name} {bar.total}' for bar in counts.bars if bar.total)}")
    first, last = counts.bars[0].name, counts.bars[-1].name
    axis = f"<span>{first}</span>" + (f"<span>{last}</span>" if last != first else "")
    return (
        f'<figure class="plot" style="max-width: {width:.0f}px"><svg viewBox="0 0 {width:.1f} {height}" role="img" '
        f'aria-label="{spoken}" preserveAspectRatio="none" style="height: {height}px">{"".join(drawn)}</svg>'
        f'<div class="axis">{axis}</div>{_legend(counts) if by_outlet else ""}</figure>'
    )


def _legend(counts: Counts) -> str:
    items = (
        f'<li><span class="key series-{series}"></span>{short_name(outlet or words.OTHER_OUTLETS)}</li>'
        for series, outlet in enumerate(counts.outlets)
    )
    return f'<ul class="legend">{"".join(items)}</ul>'
