/** A mark on a chart and what is written beside it; pixels. */
export interface Mark {
  x: number;
  y: number;
  text: string;
}

/** Where a label stands, as ECharts wants it said. */
export interface Place {
  position: 'left' | 'right' | 'top' | 'bottom';
  offset: [x: number, y: number];
}

interface Rect {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** Of labels in 11 px: about a character's width, and a line's height. */
const CHARACTER = 6.2;
const LINE = 13;

/** Between the middle of a mark and its label. */
const GAP = 10;

/** Half a mark. */
const HALF = 6;

/**
 * Where each label stands so that it covers no other and no mark: the first of the places that is free and inside
 * the box, or undefined where none is. What comes first chooses first.
 */
export function placeLabels(
  marks: readonly Mark[],
  places: readonly Place[],
  box: Rect,
): (Place | undefined)[] {
  const labels: Rect[] = [];
  const dots = marks.map(({ x, y }) => ({
    left: x - HALF,
    right: x + HALF,
    top: y - HALF,
    bottom: y + HALF,
  }));
  return marks.map((mark) => {
    const place = places.find((candidate) => {
      const rect = rectOf(mark, candidate);
      return isInside(rect, box) && ![...labels, ...dots].some((other) => meet(rect, other));
    });
    if (place !== undefined) {
      labels.push(rectOf(mark, place));
    }
    return place;
  });
}

function rectOf({ x, y, text }: Mark, { position, offset: [dx, dy] }: Place): Rect {
  const width = text.length * CHARACTER;
  const at = (left: number, top: number) => ({
    left: left + dx,
    right: left + dx + width,
    top: top + dy,
    bottom: top + dy + LINE,
  });
  switch (position) {
    case 'left':
      return at(x - GAP - width, y - LINE / 2);
    case 'right':
      return at(x + GAP, y - LINE / 2);
    case 'top':
      return at(x - width / 2, y - GAP - LINE);
    case 'bottom':
      return at(x - width / 2, y + GAP);
  }
}

function isInside(inner: Rect, outer: Rect): boolean {
  return (
    inner.left >= outer.left &&
    inner.right <= outer.right &&
    inner.top >= outer.top &&
    inner.bottom <= outer.bottom
  );
}

function meet(a: Rect, b: Rect): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}
