/** Where papers say the contrary of one another. */

import { disputes } from '../../model/boards.ts';
import { inUse } from '../../model/filters.ts';
import type { App } from '../app.ts';
import { count, h, type Child } from '../dom.ts';
import { cutSentence } from './cut.ts';
import { partial } from './partial.ts';
import { entity, quote } from './quotes.ts';
import { table } from './table.ts';

export function disputeSheet(app: App): HTMLElement {
  const { model } = app;
  const found = disputes(model).filter(({ ahead, behind }) => app.shown.edges[ahead] && app.shown.edges[behind]);
  const side = (edge: number): Child => [
    h('p', {}, h('small', {}, count(app.support(edge), 'paper'))),
    app
      .statements(edge)
      .slice(0, 3)
      .map((one) => quote(app, one, cutSentence(one.text))),
  ];
  return h(
    'div',
    {},
    h('h2', {}, 'Contradictions'),
    h(
      'p',
      { class: 'note' },
      'Pairs of which some papers say that the one outperforms the other, and some the contrary: often a matter of data sets and settings, which the sentences tell.',
    ),
    partial(app),
    found.length === 0
      ? h('p', {}, inUse(app.store.state.filters) > 0 ? 'None among what the filters show.' : 'None.')
      : table({
          id: 'disputes',
          caption: 'The most often stated first.',
          rows: found,
          columns: [
            { name: 'One', cell: ({ one }) => entity(app, one), key: ({ one }) => model.nodes.name[one] },
            { name: 'Other', cell: ({ other }) => entity(app, other), key: ({ other }) => model.nodes.name[other] },
            { name: 'The first is ahead', cell: ({ ahead }) => side(ahead), class: 'wide' },
            { name: 'The second is ahead', cell: ({ behind }) => side(behind), class: 'wide' },
          ],
        }),
  );
}
