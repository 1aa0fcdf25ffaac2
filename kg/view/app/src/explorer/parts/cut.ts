/** Sentences in tables: long ones are cut to a few lines, and opened where they stand. */

import { button, h, text } from '../dom.ts';

/** Whether a sentence is cut depends on how wide its column is, which changes with the window. */
const watched = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    const more = target.nextElementSibling as HTMLElement;
    if (!target.classList.contains('open')) more.hidden = target.scrollHeight <= target.clientHeight + 1;
  }
});

export function cutSentence(said: string): HTMLElement[] {
  const sentence = h('blockquote', { class: 'cut' }, text(said));
  const more = button('more', () => turn(), { class: 'plain', 'aria-expanded': false, hidden: true });
  const turn = (): void => {
    const open = sentence.classList.toggle('open');
    more.textContent = open ? 'less' : 'more';
    more.setAttribute('aria-expanded', String(open));
  };
  watched.observe(sentence);
  return [sentence, more];
}
