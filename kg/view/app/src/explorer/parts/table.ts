/** Tables of any length: sorted by a column, found in, a hundred rows at a time. */

import { button, count, fill, h, type Child } from '../dom.ts';

export interface Column<Row> {
  name: string;
  cell: (row: Row) => Child;
  /** What the column sorts by; a column without one does not sort. */
  key?: (row: Row) => string | number;
  number?: boolean;
  class?: string;
}

export interface TableOptions<Row> {
  caption: Child;
  columns: Column<Row>[];
  rows: readonly Row[];
  /** Whether a row has what was typed; without it nothing can be typed. */
  has?: (row: Row, typed: string) => boolean;
  /** By which a table that is drawn anew is known: it keeps what was typed, its order and its page. */
  id?: string;
}

const PAGE = 100;

interface Kept {
  typed: string;
  /** The column that sorts, by its place; null for the order in which the rows come. */
  column: number | null;
  down: boolean;
  from: number;
}

const kept = new Map<string, Kept>();

function keptBy(id: string | undefined): Kept {
  const now = kept.get(id ?? '') ?? { typed: '', column: null, down: false, from: 0 };
  if (id !== undefined) kept.set(id, now);
  return now;
}

/** A table; the first click on a heading sorts numbers downward and names upward. */
export function table<Row>({ caption, columns, rows, has, id }: TableOptions<Row>): HTMLElement {
  const now = keptBy(id);
  const body = h('tbody', {});
  const told = h('span', { role: 'status' });
  const back = button('Previous', () => turn(-PAGE));
  const on = button('Next', () => turn(PAGE));
  const heads = columns.map((column, at) => head(column, at));
  markSorted();

  function turn(by: number): void {
    now.from += by;
    draw();
    body.closest('.table')?.scrollIntoView({ block: 'start' });
  }

  function head({ name, key, number }: Column<Row>, at: number): HTMLElement {
    const sort = (): void => {
      const down = now.column === at ? !now.down : Boolean(number);
      Object.assign(now, { column: at, down, from: 0 });
      markSorted();
      draw();
    };
    return h('th', { scope: 'col', class: number ? 'number' : '' }, key ? button(name, sort) : name);
  }

  function markSorted(): void {
    heads.forEach((cell, at) => {
      if (at === now.column) cell.setAttribute('aria-sort', now.down ? 'descending' : 'ascending');
      else cell.removeAttribute('aria-sort');
    });
  }

  function chosen(): readonly Row[] {
    const typed = now.typed.trim().toLowerCase();
    const found = has && typed ? rows.filter((row) => has(row, typed)) : rows;
    const by = columns.at(now.column ?? columns.length)?.key;
    if (!by) return found;
    const sign = now.down ? -1 : 1;
    return found
      .map((row, at) => ({ row, at, key: by(row) }))
      .sort((a, b) => sign * order(a.key, b.key) || a.at - b.at)
      .map(({ row }) => row);
  }

  function draw(): void {
    const found = chosen();
    if (now.from >= found.length) now.from = 0;
    const { from } = now;
    const page = found.slice(from, from + PAGE);
    fill(
      body,
      page.map((row) =>
        h(
          'tr',
          {},
          columns.map((column) => cellOf(column, row)),
        ),
      ),
    );
    const until = from + page.length;
    told.textContent =
      found.length > PAGE
        ? `${count(from + 1)} to ${count(until)} of ${count(found.length)}`
        : count(found.length, 'row');
    back.hidden = on.hidden = found.length <= PAGE;
    back.disabled = from === 0;
    on.disabled = until >= found.length;
  }

  const search =
    has &&
    h('input', {
      type: 'search',
      value: now.typed,
      placeholder: 'Find in this table',
      'aria-label': 'Find in this table',
      oninput: (event) => {
        Object.assign(now, { typed: (event.target as HTMLInputElement).value, from: 0 });
        draw();
      },
    });
  draw();
  const grid = h('table', {}, h('caption', {}, caption), h('thead', {}, h('tr', {}, heads)), body);
  return h(
    'div',
    { class: 'table' },
    h('div', { class: 'bar' }, search ?? null, told, back, on),
    h('div', { class: 'scroll', tabindex: 0, role: 'group', 'aria-label': 'Rows' }, grid),
  );
}

function cellOf<Row>({ cell, number, class: name }: Column<Row>, row: Row): HTMLElement {
  return h('td', { class: [number && 'number', name].filter(Boolean).join(' ') }, cell(row));
}

function order(one: string | number, other: string | number): number {
  if (typeof one === 'string' && typeof other === 'string') return one.localeCompare(other);
  return Number(one) - Number(other);
}
