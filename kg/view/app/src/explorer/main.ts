/** Opens the explorer: unpacks the graph, draws it, then reads the sentences and the names behind the reader's back. */

import './explorer.css';
import { VERSION, type Core, type Detail } from '../model/data.ts';
import { Model } from '../model/model.ts';
import { Search } from '../model/search.ts';
import { Store } from '../model/state.ts';
import { breathe, unpack } from '../model/unpack.ts';
import { firstState, followAddress } from './address.ts';
import { apiOf, App } from './app.ts';
import { byId } from './dom.ts';
import { Palette } from './look.ts';
import { startMap } from './mapview.ts';
import { startPanel } from './parts/card.ts';
import { startLegend } from './parts/legend.ts';
import { startSheets } from './parts/sheets.ts';
import { startTop } from './parts/tools.ts';
import { startTrail } from './parts/trail.ts';
import { wakeGraphics } from './stage/canvas.ts';
import { startTheme } from './theme.ts';

async function start(): Promise<void> {
  await afterFrame(); // the reader sees that something is under way
  wakeGraphics();
  const palette = new Palette();
  let repaint = (): void => undefined;
  const turnTheme = startTheme(() => repaint());
  const core = await unpack<Core>(block('kg-data'), (share) => {
    (byId('progress') as HTMLProgressElement).value = share;
  });
  if (core.version !== VERSION) throw new Error('the data of this page is of another version than its program');
  const model = new Model(core);
  const store = new Store(firstState(model, apiOf(document) !== null));
  const app = new App(model, store, new Search(model), palette);
  startLegend(app);
  startTrail(app);
  startPanel(app);
  const stage = startMap(app);
  repaint = () => {
    palette.renew();
    stage.repaint();
  };
  startTop(app, stage, turnTheme);
  startSheets(app);
  followAddress(app);
  startSkip();
  startSearchKey();
  byId('app').removeAttribute('aria-busy');
  byId('loading').remove();
  performance.mark('kg-interactive');
  await afterFrame();
  performance.mark('kg-drawn');
  await readRest(app);
}

function block(id: string): string {
  return byId(id).textContent;
}

/** The sentences stand at the end of the page, which may still be on its way; the index of names can wait. */
async function readRest(app: App): Promise<void> {
  if (document.readyState === 'loading') {
    await new Promise((resolve) => document.addEventListener('DOMContentLoaded', resolve, { once: true }));
  }
  app.model.detail = await unpack<Detail>(block('kg-detail'));
  app.grow();
  await app.search.prepare(async () => {
    await breathe();
    await idle();
  });
  performance.mark('kg-complete');
}

function idle(): Promise<void> {
  return new Promise((resolve) => {
    if ('requestIdleCallback' in window) requestIdleCallback(() => resolve(), { timeout: 300 });
    else setTimeout(resolve, 0);
  });
}

function afterFrame(): Promise<void> {
  return new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 0)));
}

/** Leads past the top and the map; the address stays, for it says what is seen. */
function startSkip(): void {
  document.querySelector('.skip')?.addEventListener('click', (event) => {
    event.preventDefault();
    byId('panel').focus();
  });
}

/** Ctrl+K or ⌘K leads to the search from anywhere. */
function startSearchKey(): void {
  document.addEventListener('keydown', (event) => {
    if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    document.querySelector<HTMLInputElement>('#search input')?.select();
  });
}

start().catch((error: unknown) => {
  console.error(error);
  byId('status').textContent =
    `The graph could not be opened: ${error instanceof Error ? error.message : String(error)}`;
  document.querySelector('#loading .spinner')?.remove();
});
