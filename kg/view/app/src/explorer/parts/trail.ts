/** Where one has walked: every entity whose neighbours were opened, and the way back. */

import type { App } from '../app.ts';
import { button, byId, fill, h, icon, text } from '../dom.ts';

export function startTrail(app: App): void {
  const { store, model } = app;
  const place = byId('trail');
  const draw = (): void => {
    const { walk } = store.state;
    place.hidden = walk.length === 0;
    if (walk.length === 0) {
      fill(place);
      return;
    }
    const steps = walk.map((node, at) =>
      h(
        'li',
        {},
        button(
          text(model.nodes.name[node]),
          () => app.select(node),
          walk.lastIndexOf(node) === at && at === walk.length - 1 ? { 'aria-current': 'step' } : {},
        ),
      ),
    );
    const home = button('Whole map', () => {
      store.set({ walk: [] });
      app.announce('The whole map');
    });
    const undo = button(
      [icon('M9 14L4 9L9 4M4 9H14A6 6 0 0 1 14 21H11'), 'Undo'],
      () => {
        app.undo();
        (byId('trail').querySelector<HTMLElement>('.undo') ?? byId('stage')).focus();
      },
      { class: 'undo' },
    );
    fill(place, undo, h('ol', {}, h('li', {}, home), steps));
    place.scrollLeft = place.scrollWidth;
  };
  store.on((state, previous) => {
    if (state.walk !== previous.walk) draw();
  });
  draw();
}
