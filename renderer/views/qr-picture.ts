import { svg } from '../svg.ts';

/** The light margin a reader needs, in modules. */
const QUIET = 4;

/**
 * A QR code as a picture: `rows` of `0` (light) and `1` (dark). It is dark on light in every theme,
 * because many readers want that.
 */
export function qrPicture(rows: readonly string[], label: string): SVGElement {
  const size = rows.length + 2 * QUIET;
  const picture = svg('svg', {
    viewBox: `${-QUIET} ${-QUIET} ${size} ${size}`,
    class: 'qr-picture',
    role: 'img',
    'aria-label': label,
    'shape-rendering': 'crispEdges',
  });
  const edge = String(-QUIET);
  picture.append(
    svg('rect', { x: edge, y: edge, width: String(size), height: String(size), fill: '#ffffff' }),
    svg('path', { d: rows.flatMap(darkRuns).join(''), fill: '#000000' }),
  );
  return picture;
}

/** One outline for each run of dark modules: seams between single ones would show. */
function darkRuns(row: string, y: number): readonly string[] {
  return Array.from(row.matchAll(/1+/g), (run) => {
    const { length } = run[0];
    return `M${run.index} ${y}h${length}v1h-${length}z`;
  });
}
