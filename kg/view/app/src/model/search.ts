/** Finds entities by any of their names, with typing errors; the index is built in slices, behind the page's back. */

import MiniSearch from 'minisearch';
import type { Model } from './model.ts';
import { namesOf, tierOf, wordsOf, type Names } from './rank.ts';
import { breathe } from './unpack.ts';

const SLICE = 400;
const MOST = 30;

export interface Hit {
  node: number;
  /** How well it answers what was typed; the lower the better. */
  tier: number;
  /** The alias that was found, if it was not the name. */
  alias: string | null;
}

interface Entry {
  id: number;
  name: string;
  aliases: string;
}

/** The words of a name, and its whole without signs: "GPT-4" is found as gpt, 4 and gpt4. */
export function tokens(text: string): string[] {
  const words = wordsOf(text);
  return words.length > 1 && words.length < 5 ? [...words, words.join('')] : words;
}

export class Search {
  private readonly index = new MiniSearch<Entry>({
    fields: ['name', 'aliases'],
    tokenize: (text) => text.split('\n').flatMap(tokens),
    processTerm: (term) => term,
    searchOptions: {
      prefix: true,
      fuzzy: (term: string) => (term.length < 3 ? false : term.length < 5 ? 1 : 2),
      maxFuzzy: 2,
      combineWith: 'AND',
      tokenize: wordsOf,
    },
  });
  private readonly model: Model;
  private readonly names: Names[] = [];
  private indexed = 0;

  constructor(model: Model) {
    this.model = model;
  }

  /** Whether all entities can be found; until then a search finds the most important ones. */
  get complete(): boolean {
    return this.indexed === this.model.nodeCount;
  }

  /** Indexes what is not indexed yet, a few hundred entities at a time. */
  async prepare(pause: () => Promise<void> = breathe): Promise<void> {
    while (!this.complete) {
      this.indexSome();
      await pause();
    }
  }

  /** The sure finds first, then the guesses; among equals what more papers speak of. */
  find(text: string, most = MOST): Hit[] {
    return this.answer(text, most).hits;
  }

  /** The first finds, and how many there are. */
  answer(text: string, most: number): { hits: Hit[]; total: number } {
    const { papers } = this.model.nodes;
    const typed = wordsOf(text);
    const found = this.index.search(text).map(({ id }) => {
      const node = id as number;
      return { node, tier: tierOf(this.names[node], typed) };
    });
    found.sort((a, b) => a.tier - b.tier || papers[b.node] - papers[a.node] || a.node - b.node);
    const hits = found.slice(0, most).map((one) => ({ ...one, alias: this.aliasFor(one.node, typed, one.tier) }));
    return { hits, total: found.length };
  }

  /** The alias that was found, where the name alone would not have been found as well. */
  private aliasFor(node: number, typed: readonly string[], tier: number): string | null {
    const { name, aliases } = this.model.nodes;
    const best = [name[node], ...aliases[node]].find((one) => tierOf(namesOf([one]), typed) === tier);
    return best === undefined || best === name[node] ? null : best;
  }

  private indexSome(): void {
    const { name, aliases } = this.model.nodes;
    const until = Math.min(this.indexed + SLICE, this.model.nodeCount);
    for (; this.indexed < until; this.indexed += 1) {
      const id = this.indexed;
      this.names[id] = namesOf([name[id], ...aliases[id]]);
      this.index.add({ id, name: name[id], aliases: aliases[id].join('\n') });
    }
  }
}
