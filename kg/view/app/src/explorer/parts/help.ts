/** What the page can do, and the keys for it. */

import { button, h } from '../dom.ts';

/** Keys that work while the map has the focus; Ctrl+K works everywhere. */
export const KEYS: [keys: string, what: string][] = [
  ['Ctrl K', 'to the search, from anywhere'],
  ['← ↑ → ↓', 'move the map'],
  ['+  −  0', 'nearer, farther, all of it'],
  ['n  p', 'next and previous neighbour of what is selected'],
  ['Enter', 'select that neighbour'],
  ['e', 'open the neighbours of what is selected: a step of a walk'],
  ['u', 'undo the last step'],
  ['Escape', 'clear the selection'],
];

export function openHelp(): void {
  const dialog = h(
    'dialog',
    { class: 'help', 'aria-labelledby': 'help-title' },
    h('h2', { id: 'help-title' }, 'How to read and walk this graph'),
    h(
      'p',
      {},
      'Each sign is an entity that papers speak of, by its shape and colour a task, method, model, data set or metric; the larger, the more papers. Lines are what papers state about two of them. A click shows the facts with the sentences behind them; a double click opens the neighbourhood for itself.',
    ),
    h(
      'p',
      {},
      'The tables have all that the map has. The address of the page always leads back to exactly what you see.',
    ),
    h('h3', {}, 'Keys, while the map has the focus'),
    h(
      'dl',
      {},
      KEYS.map(([keys, what]) => [h('dt', {}, h('kbd', {}, keys)), h('dd', {}, what)]),
    ),
    button('Close', () => dialog.close(), { class: 'action' }),
  );
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}
