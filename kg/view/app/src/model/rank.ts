/** How well a name answers what was typed: in tiers, so that no amount of papers lifts a guess over a sure find. */

export const [EXACT, BEGUN, WORD, GUESSED] = [0, 1, 2, 3];
const MOST_ERRORS = 2;

/** Lower case, without accents. */
export function fold(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}

export function wordsOf(text: string): string[] {
  return fold(text)
    .split(/[^\p{L}\p{N}+#]+/u)
    .filter(Boolean);
}

/** The names of an entity as they are compared: "GPT-4", "gpt 4" and "gpt4" are the same. */
export interface Names {
  whole: string[];
  words: string[][];
}

export function namesOf(names: readonly string[]): Names {
  const words = names.map(wordsOf);
  return { whole: words.map((some) => some.join('')), words };
}

/** The tier of an entity for the words that were typed; a guess is the worse the more errors it assumes. */
export function tierOf({ whole, words }: Names, typed: readonly string[]): number {
  const wanted = typed.join('');
  if (whole.includes(wanted)) return EXACT;
  if (whole.some((name) => name.startsWith(wanted))) return BEGUN;
  if (words.some((some) => typed.every((one) => some.some((word) => word.startsWith(one))))) return WORD;
  const errors = leastErrors(wanted, whole);
  return GUESSED + (errors <= MOST_ERRORS ? errors : MOST_ERRORS + errorsByWord(typed, words));
}

/** Errors of each word against the words of one name, where the name as a whole is another. */
function errorsByWord(typed: readonly string[], words: readonly string[][]): number {
  const sums = words.map((some) => typed.reduce((sum, one) => sum + leastErrors(one, some), 0));
  return Math.min(...sums);
}

/** Errors against the nearest of some texts, or one more than are forgiven. */
function leastErrors(typed: string, texts: readonly string[]): number {
  const near = texts.filter((one) => Math.abs(one.length - typed.length) <= MOST_ERRORS);
  return near.reduce((least, one) => Math.min(least, distance(one, typed)), MOST_ERRORS + 1);
}

/** Letters to add, take away, change or swap with the next one. */
export function distance(one: string, other: string): number {
  let [before, above] = [[] as number[], Array.from({ length: other.length + 1 }, (_, at) => at)];
  for (let row = 1; row <= one.length; row += 1) {
    const line = [row];
    for (let at = 1; at <= other.length; at += 1) {
      const changed = above[at - 1] + Number(one[row - 1] !== other[at - 1]);
      const swapped = one[row - 1] === other[at - 2] && one[row - 2] === other[at - 1] ? before[at - 2] + 1 : Infinity;
      line.push(Math.min(changed, swapped, above[at] + 1, line[at - 1] + 1));
    }
    [before, above] = [above, line];
  }
  return above[other.length];
}
