"""What is asked of a page that is open in Chromium, in JavaScript: each gives a list, empty where all is well."""

from typing import Final

OPEN_ALL: Final = "document.querySelectorAll('details').forEach(each => each.open = true)"

SIDEWAYS: Final = """
(() => {
  const wide = document.documentElement.clientWidth, found = [];
  if (document.documentElement.scrollWidth > wide) found.push('the page: ' + document.documentElement.scrollWidth);
  for (const each of document.querySelectorAll('body *')) {
    const box = each.getBoundingClientRect();
    if (!box.width || each.matches('.skip, thead, thead *, svg *')) continue;
    if (box.right > wide + 1 || box.left < -1) found.push(`${each.tagName}: ${each.textContent.slice(0, 40)}`);
  }
  return found;
})()
"""
"""What reaches beyond the window at its sides. Headings of columns are read, and on a phone not seen."""

CUT_OFF: Final = """
[...document.querySelectorAll('body *:not(svg *)')]
  .filter(each => each.clientWidth && !each.closest('.skip, thead') && getComputedStyle(each).display !== 'inline'
                  && (each.scrollWidth > each.clientWidth + 1))
  .map(each => each.tagName + '.' + each.className + ': ' + each.textContent.slice(0, 40))
"""
"""Texts that are wider than the box that they stand in."""

_COLOURS: Final = """
  const parse = text => [...text.match(/[\\d.]+/g).map(Number), 1].slice(0, 4);
  const over = (top, below) => [0, 1, 2].map(each => top[each] * top[3] + below[each] * (1 - top[3])).concat(1);
  const linear = each => each <= .04045 ? each / 12.92 : ((each + .055) / 1.055) ** 2.4;
  const light = colour => {
    const [r, g, b] = colour.map(each => linear(each / 255));
    return .2126 * r + .7152 * g + .0722 * b;
  };
  const ratio = (one, other) => {
    const [low, high] = [light(one), light(other)].sort((a, b) => a - b);
    return (high + .05) / (low + .05);
  };
  const ground = element => {
    const layers = [];
    for (let each = element; each; each = each.parentElement) layers.unshift(getComputedStyle(each).backgroundColor);
    return layers.map(parse).reduce((below, top) => over(top, below), paper);
  };
"""

_TEXTS: Final = """
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), seen = [];
  while (texts.nextNode()) {
    const element = texts.currentNode.parentElement;
    const text = texts.currentNode.data.trim();
    if (text && element.checkVisibility()) seen.push([element, text]);
  }
"""


def faint(least: float) -> str:
    """Texts whose contrast with what lies behind them, on white paper in the end, is less than `least`."""
    return f"""
(() => {{
  const paper = [255, 255, 255, 1], found = new Set();
  {_COLOURS} {_TEXTS}
  for (const [element, text] of seen) {{
    const style = getComputedStyle(element), behind = ground(element);
    const contrast = ratio(over(parse(element.closest('svg') ? style.fill : style.color), behind), behind);
    if (contrast < {least}) found.add(`${{contrast.toFixed(2)}} ${{element.tagName}}: ${{text.slice(0, 30)}}`);
  }}
  return [...found];
}})()
"""


def small(least: float) -> str:
    """Texts that are shown smaller than so many pixels; those of a drawing as it is scaled."""
    return f"""
(() => {{
  const found = new Set();
  {_TEXTS}
  for (const [element, text] of seen) {{
    const drawing = element.closest('svg');
    const scale = drawing ? drawing.getBoundingClientRect().width / drawing.viewBox.baseVal.width : 1;
    const size = parseFloat(getComputedStyle(element).fontSize) * scale;
    if (size < {least} - .05) found.add(`${{size.toFixed(1)}} ${{element.tagName}}: ${{text.slice(0, 30)}}`);
  }}
  return [...found];
}})()
"""


FOCUSABLE: Final = """
[...document.querySelectorAll('a[href], summary, [tabindex="0"]')].filter(each => each.checkVisibility()).length
"""

FOCUSED: Final = """
(() => {
  const each = document.activeElement, style = getComputedStyle(each), box = each.getBoundingClientRect();
  const all = [...document.querySelectorAll('*')];
  return [all.indexOf(each), each.tagName, each.getAttribute('href') ?? each.id,
          style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
          box.left >= 0 && box.top >= -1 && box.right <= innerWidth + 1 && box.bottom <= innerHeight + 1];
})()
"""
"""The element that has the focus: its place in the page, its tag, where it leads, whether it is marked, whether it is
seen."""

TOO_SMALL_TO_TOUCH: Final = """
[...document.querySelectorAll('a[href]:not(.skip), summary')].filter(each => each.checkVisibility())
  .filter(each => each.getBoundingClientRect().height < 24 || each.getBoundingClientRect().width < 24)
  .map(each => each.textContent)
"""
"""Links that are lower or narrower than 24 pixels (WCAG 2.2, target size)."""
