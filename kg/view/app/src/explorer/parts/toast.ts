/** What everyone should know, for a while: each message on a line of its own, so that none wipes out another. */

import { byId, h } from '../dom.ts';

const STAYS = 8_000; // milliseconds
const MOST = 3;

export function toast(message: string): void {
  const place = byId('toast');
  for (const line of [...place.children]) if (line.textContent === message) line.remove();
  while (place.children.length >= MOST) place.firstElementChild?.remove();
  const line = h('p', {}, message);
  place.append(line);
  setTimeout(() => line.remove(), STAYS);
}
