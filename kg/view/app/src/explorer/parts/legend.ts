/** The legend, which is also the filters: every line of it can be taken away and brought back. */

import { ALL, inUse, SUPPORTS, type Filters } from '../../model/filters.ts';
import type { App } from '../app.ts';
import { button, byId, count, fill, h, type Child } from '../dom.ts';
import { line, PLURALS, sign } from '../look.ts';

export function startLegend(app: App): void {
  const { model, store } = app;
  const place = byId('legend');
  place.classList.toggle('open', matchMedia('(min-width: 1000px)').matches);
  const summary = h('p', { class: 'note', role: 'status' });
  const reset = button('Show all again', () => store.set({ filters: ALL }), { class: 'plain' });
  const span = yearsOf(app);

  fill(
    place,
    h('h2', {}, 'Legend and filters'),
    group(
      'Entities',
      model.types.map((type, index) => toggle(app, 'types', index, sign(type), PLURALS[type] ?? type)),
    ),
    group(
      'Relations',
      model.relations.map(({ key, forward }, index) => toggle(app, 'relations', index, line(key), forward)),
    ),
    group('How sure', [
      slider(
        app,
        'Confidence of at least',
        [0, 1, 0.05],
        ({ confidence }) => confidence,
        (confidence) => ({ confidence }),
        (value) => value.toFixed(2),
      ),
      slider(
        app,
        'Papers that state it',
        [0, SUPPORTS.length - 1, 1],
        ({ support }) => SUPPORTS.findIndex((least) => least >= support),
        (at) => ({ support: SUPPORTS[at] }),
        (at) => `${SUPPORTS[at]} or more`,
      ),
    ]),
    span && group('Years', [yearRange(app, span)]),
    group('Also', [
      switchOf(
        app,
        'Relations read from names only',
        ({ inferred }) => inferred,
        (inferred) => ({ inferred }),
      ),
      switchOf(
        app,
        'Entities without a relation',
        ({ lonely }) => lonely,
        (lonely) => ({ lonely }),
      ),
    ]),
    h('div', { class: 'row' }, summary, reset),
  );

  const tell = (): void => {
    const { nodeCount, edgeCount } = app.shown;
    const used = inUse(store.state.filters);
    summary.textContent = used
      ? `${count(nodeCount, 'entity', 'entities')} and ${count(edgeCount, 'relation')} left`
      : '';
    reset.hidden = used === 0;
  };
  store.on((state, previous) => {
    if (state.filters !== previous.filters) tell();
  });
  tell();
  closeOverMap(place);
}

/** Where the legend lies over the map, Escape and a tap beside it close it. */
function closeOverMap(place: HTMLElement): void {
  const narrow = matchMedia('(max-width: 999px)');
  const opener = (): HTMLElement | null => document.querySelector('[aria-controls="legend"]');
  const close = (event: Event): void => {
    if (!narrow.matches || !place.classList.contains('open')) return;
    place.classList.remove('open');
    opener()?.setAttribute('aria-expanded', 'false');
    event.stopPropagation();
  };
  document.addEventListener('keydown', (event) => event.key === 'Escape' && close(event), true);
  document.addEventListener('pointerdown', (event) => {
    const { target } = event;
    if (target instanceof Node && !place.contains(target) && !opener()?.contains(target)) close(event);
  });
}

/** How many entities or relations of a kind the page has. */
function tally({ model }: App, column: 'types' | 'relations', index: number): number {
  const kinds = column === 'types' ? model.nodes.type : model.edges.relation;
  return kinds.reduce((sum, kind) => sum + Number(kind === index), 0);
}

function group(name: string, content: readonly Child[]): HTMLElement {
  return h('fieldset', {}, h('legend', {}, name), content);
}

/** Keeps a control in step with the state, whoever changes it. */
function follow({ store }: App, update: (filters: Filters) => void): void {
  store.on((state, previous) => {
    if (state.filters !== previous.filters) update(state.filters);
  });
  update(store.state.filters);
}

function toggle(app: App, column: 'types' | 'relations', index: number, sample: SVGElement, name: string): HTMLElement {
  const { store, model } = app;
  const box = h('input', {
    type: 'checkbox',
    onchange: () => {
      const off = new Set(store.state.filters[column]);
      if (box.checked) off.delete(index);
      else off.add(index);
      store.filter({ [column]: off });
    },
  });
  const alone = (): void => {
    const all = column === 'types' ? model.types.length : model.relations.length;
    const others = new Set(Array.from({ length: all }, (_, at) => at).filter((at) => at !== index));
    const already = [...others].every((at) => store.state.filters[column].has(at)) && box.checked;
    store.filter({ [column]: already ? new Set<number>() : others });
  };
  follow(app, (filters) => {
    box.checked = !filters[column].has(index);
  });
  const only = button('only', alone, { class: 'plain only', 'aria-label': `only ${name}` });
  const total = h('small', {});
  const row = h('div', { class: 'toggle' }, h('label', {}, box, sample, h('span', {}, name), total), only);
  const tell = (): void => {
    const found = tally(app, column, index);
    total.textContent = count(found);
    row.hidden = found === 0;
  };
  app.onGrowth(tell);
  tell();
  return row;
}

function slider(
  app: App,
  name: string,
  [min, max, step]: [number, number, number],
  read: (filters: Filters) => number,
  write: (value: number) => Partial<Filters>,
  say: (value: number) => string,
): HTMLElement {
  const told = h('small', {});
  const range = h('input', {
    type: 'range',
    min,
    max,
    step,
    oninput: () => app.store.filter(write(Number(range.value))),
  });
  follow(app, (filters) => {
    const value = read(filters);
    range.value = String(value);
    told.textContent = say(value);
    range.setAttribute('aria-valuetext', say(value));
  });
  return h('label', { class: 'slider' }, h('span', {}, name, ' ', told), range);
}

function switchOf(
  app: App,
  name: string,
  read: (filters: Filters) => boolean,
  write: (on: boolean) => Partial<Filters>,
): HTMLElement {
  const box = h('input', { type: 'checkbox', onchange: () => app.store.filter(write(box.checked)) });
  follow(app, (filters) => {
    box.checked = read(filters);
  });
  return h('div', { class: 'toggle' }, h('label', {}, box, h('span', {}, name)));
}

/** The first and last year of any paper; null where no year is known. */
function yearsOf({ model }: App): [number, number] | null {
  const known = model.nodes.years.flatMap((years) => years.filter((_, at) => at % 2 === 0));
  if (known.length === 0) return null;
  const bounds = known.reduce(([low, high], year) => [Math.min(low, year), Math.max(high, year)], [known[0], known[0]]);
  return [bounds[0], bounds[1]];
}

function yearRange(app: App, span: [number, number]): HTMLElement {
  const { store } = app;
  const field = (name: string, at: 0 | 1): HTMLElement => {
    const input = h('input', {
      type: 'number',
      inputmode: 'numeric',
      min: span[0],
      max: span[1],
      onchange: () => {
        const years = [...(store.state.filters.years ?? span)] as [number, number];
        years[at] = Math.min(span[1], Math.max(span[0], Number(input.value) || span[at]));
        if (years[0] > years[1]) years[1 - at] = years[at];
        store.filter({ years: years[0] === span[0] && years[1] === span[1] ? null : years });
      },
    });
    follow(app, ({ years }) => {
      input.value = String((years ?? span)[at]);
    });
    return h('label', {}, `${name} `, input);
  };
  return h('div', { class: 'years-range' }, field('from', 0), field('to', 1));
}
