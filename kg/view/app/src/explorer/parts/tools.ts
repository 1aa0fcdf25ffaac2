/** The bar at the top: views, the search, paths, files, theme, help. */

import { EDGE_COLUMNS, NODE_COLUMNS, csv, edgeRows, edgesAmong, gexf, nodeRows } from '../../model/save.ts';
import type { View } from '../../model/state.ts';
import type { App } from '../app.ts';
import { button, byId, fill, h, icon } from '../dom.ts';
import type { Stage } from '../stage/stage.ts';
import { combobox } from './combobox.ts';
import { openHelp } from './help.ts';

const VIEW_NAMES: Record<View, string> = {
  map: 'Map',
  entities: 'Entities',
  facts: 'Facts',
  boards: 'Leaderboards',
  disputes: 'Contradictions',
  compare: 'Compare',
};

export function startTop(app: App, stage: Stage, turnTheme: () => string): void {
  const { store } = app;
  byId('title').textContent = app.model.meta.title;
  fill(byId('search'), combobox(app, 'Search by any name', (node) => show(app, node)).root);
  const views = (Object.keys(VIEW_NAMES) as View[]).map((view) => ({
    view,
    tab: button(VIEW_NAMES[view], () => store.set({ view })),
  }));
  fill(
    byId('views'),
    views.map(({ tab }) => tab),
  );
  const mark = (): void => {
    for (const { view, tab } of views) {
      if (view === store.state.view) tab.setAttribute('aria-current', 'page');
      else tab.removeAttribute('aria-current');
    }
  };
  store.on(mark);
  mark();
  fill(byId('tools'), legendButton(), pathButton(app), saveMenu(app, stage), themeButton(app, turnTheme), helpButton());
}

/** Shows what was searched for, and leads on to its card. */
function show(app: App, node: number): void {
  const walking = app.store.state.walk.length > 0;
  if (node < app.model.mapped || (walking && app.nodes.includes(node))) app.select(node);
  else void app.open(node); // it has no place on the map
  byId('panel').querySelector<HTMLElement>('h2')?.focus();
}

function legendButton(): HTMLElement {
  const legend = byId('legend');
  const turn = (): void => toggle.setAttribute('aria-expanded', String(legend.classList.toggle('open')));
  const toggle = button([icon('M4 5H20L14 12.5V19L10 17V12.5Z'), h('span', {}, 'Filters')], turn, {
    'aria-label': 'Filters',
    'aria-controls': 'legend',
    'aria-expanded': legend.classList.contains('open'),
  });
  return toggle;
}

function pathButton({ store }: App): HTMLElement {
  const start = (): void => store.set({ path: [store.state.node, null], node: null, edge: null, view: 'map' });
  return button([icon('M5 19C5 9 19 15 19 5M5 19h.01M19 5h.01'), h('span', {}, 'Path')], start, {
    title: 'Find a shortest path',
  });
}

function saveMenu(app: App, stage: Stage): HTMLElement {
  const { model } = app;
  const close = (): void => {
    menu.open = false;
    menu.querySelector('summary')?.focus();
  };
  const item = (label: string, save: () => void): HTMLElement =>
    h(
      'li',
      {},
      button(label, () => {
        close();
        save();
        app.announce(`${label} saved`);
      }),
    );
  const edges = (): number[] => edgesAmong(model, app.nodes, app.shown);
  const saveText = (name: string, type: string, told: string): void => download(name, new Blob([told], { type }));
  const menu = h(
    'details',
    { class: 'menu' },
    h(
      'summary',
      { 'aria-label': 'Save', title: 'Save what is shown' },
      icon('M12 4V15M7 11L12 16L17 11M5 20H19'),
      h('span', {}, 'Save'),
    ),
    h(
      'ul',
      {},
      item('Picture (PNG)', () => stage.picture().toBlob((blob) => blob && download('graph.png', blob), 'image/png')),
      item('Facts (CSV)', () => saveText('facts.csv', 'text/csv', csv(EDGE_COLUMNS, edgeRows(model, edges())))),
      item('Entities (CSV)', () => saveText('entities.csv', 'text/csv', csv(NODE_COLUMNS, nodeRows(model, app.nodes)))),
      item('Graph (GEXF)', () =>
        saveText(
          'graph.gexf',
          'application/gexf+xml',
          gexf(model, app.nodes, app.shown, (node) => stage.drawn(node)),
        ),
      ),
      h(
        'li',
        {},
        button('Copy the link to this view', () => {
          close();
          void copyLink(app);
        }),
      ),
    ),
  );
  menu.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && menu.open) {
      close();
      event.stopPropagation();
    }
  });
  document.addEventListener('click', (event) => {
    if (!menu.contains(event.target as Node)) menu.open = false;
  });
  return menu;
}

function download(name: string, blob: Blob): void {
  const anchor = h('a', {});
  anchor.href = URL.createObjectURL(blob);
  anchor.download = name;
  anchor.click();
  setTimeout(() => URL.revokeObjectURL(anchor.href), 30_000);
}

async function copyLink(app: App): Promise<void> {
  try {
    await navigator.clipboard.writeText(location.href); // not there at all on a page that came without encryption
    app.tell('Link copied');
  } catch {
    app.tell('The browser does not let the page copy: take the link from the address bar');
  }
}

function themeButton(app: App, turn: () => string): HTMLElement {
  const show = (): void => app.announce(`${turn()} colours`);
  return button(
    icon(
      'M12 3V5M12 19V21M3 12H5M19 12H21M5.6 5.6L7 7M17 17L18.4 18.4M5.6 18.4L7 17M17 7L18.4 5.6M12 8A4 4 0 1 0 12 16A4 4 0 1 0 12 8',
    ),
    show,
    { 'aria-label': 'Light or dark', title: 'Light or dark' },
  );
}

function helpButton(): HTMLElement {
  return button(icon('M9.1 9A3 3 0 0 1 15 10C15 12 12 12.5 12 14.5M12 18h.01'), openHelp, {
    'aria-label': 'Help',
    title: 'Help and keys',
  });
}
