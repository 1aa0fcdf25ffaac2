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
}

const PAGE = 100;

/** A table; the first click on a heading sorts numbers downward and names upward. */
export function table<Row>({ caption, columns, rows, has }: TableOptions<Row>): HTMLElement {
  let sorted: { column: Column<Row>; down: boolean } | null = null;
  let typed = '';
  let from = 0;
  const body = h('tbody', {});
  const told = h('span', { role: 'status' });
  const back = button('Previous', () => turn(-PAGE));
  const on = button('Next', () => turn(PAGE));
  const heads = columns.map((column) => head(column));

  function turn(by: number): void {
    from += by;
    draw();
    body.closest('.table')?.scrollIntoView({ block: 'start' });
  }

  function head(column: Column<Row>): HTMLElement {
    const { name, key, number } = column;
    const cell = h('th', { scope: 'col', class: number ? 'number' : '' });
    const sort = (): void => {
      const down = sorted?.column === column ? !sorted.down : Boolean(number);
      sorted = { column, down };
      from = 0;
      for (const other of heads) other.removeAttribute('aria-sort');
      cell.setAttribute('aria-sort', down ? 'descending' : 'ascending');
      draw();
    };
    fill(cell, key ? button(name, sort) : name);
    return cell;
  }

  function chosen(): readonly Row[] {
    const found = has && typed ? rows.filter((row) => has(row, typed)) : rows;
    const by = sorted?.column.key;
    if (!sorted || !by) return found;
    const sign = sorted.down ? -1 : 1;
    return found
      .map((row, at) => ({ row, at, key: by(row) }))
      .sort((a, b) => sign * order(a.key, b.key) || a.at - b.at)
      .map(({ row }) => row);
  }

  function draw(): void {
    const found = chosen();
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
      placeholder: 'Find in this table',
      'aria-label': 'Find in this table',
      oninput: (event) => {
        typed = (event.target as HTMLInputElement).value.trim().toLowerCase();
        from = 0;
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
