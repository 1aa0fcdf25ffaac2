/** Papers by year as small bars. */

import { count, h, svg } from '../dom.ts';

const HEIGHT = 44;
const STEP = 10;
const WIDEST = 26; // pixels a year

/** Flat pairs of year and papers as a series without gaps. */
export function series(years: readonly number[]): [year: number, papers: number][] {
  const known = new Map<number, number>();
  for (let at = 0; at < years.length; at += 2) known.set(years[at], years[at + 1]);
  if (known.size === 0) return [];
  const [first, last] = [Math.min(...known.keys()), Math.max(...known.keys())];
  return Array.from({ length: last - first + 1 }, (_, at) => [first + at, known.get(first + at) ?? 0]);
}

export function yearChart(years: readonly number[]): HTMLElement | null {
  const shown = series(years);
  if (shown.length === 0) return null;
  const most = Math.max(...shown.map(([, papers]) => papers));
  const [first, last] = [shown[0][0], shown[shown.length - 1][0]];
  const span = first === last ? `${first}` : `${first} to ${last}, at most ${count(most, 'paper')} a year`;
  const told = shown.filter(([, papers]) => papers > 0).map(([year, papers]) => `${year}: ${papers}`);
  const chart = h(
    'div',
    { class: 'bars', role: 'img', 'aria-label': `Papers by year. ${told.join(', ')}` },
    bars(shown, most),
  );
  chart.style.maxWidth = `${shown.length * WIDEST}px`;
  return h('figure', { class: 'years' }, chart, h('figcaption', {}, span));
}

function bars(shown: readonly [number, number][], most: number): SVGElement {
  const drawn = shown.map(([, papers], at) => {
    const high = papers ? Math.max(2, (papers / most) * HEIGHT) : 0;
    return svg('rect', { x: at * STEP + 1, y: HEIGHT - high, width: STEP - 2, height: high, rx: 1 });
  });
  const box = `0 0 ${shown.length * STEP} ${HEIGHT}`;
  return svg('svg', { viewBox: box, preserveAspectRatio: 'none', 'aria-hidden': 'true' }, ...drawn);
}
