/** Finds entities by any of their names, with typing errors; the index is built in slices, behind the page's back. */

import MiniSearch from 'minisearch';
import type { Model } from './model.ts';
import { breathe } from './unpack.ts';

const SLICE = 400;
const MOST = 30;

export interface Hit {
  node: number;
  /** The alias that was found, if it was not the name. */
  alias: string | null;
}

interface Entry {
  id: number;
  name: string;
  aliases: string;
}

/** Lower case, without accents. */
export function fold(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}

/** The words of a name, and its whole without signs: "GPT-4" is found as gpt, 4 and gpt4. */
export function tokens(text: string): string[] {
  const words = fold(text)
    .split(/[^\p{L}\p{N}+#]+/u)
    .filter(Boolean);
  return words.length > 1 && words.length < 5 ? [...words, words.join('')] : words;
}

function queryTokens(text: string): string[] {
  return fold(text)
    .split(/[^\p{L}\p{N}+#]+/u)
    .filter(Boolean);
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
      boost: { name: 2 },
      combineWith: 'AND',
      tokenize: queryTokens,
    },
  });
  private readonly model: Model;
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

  find(text: string, most = MOST): Hit[] {
    const wanted = fold(text.trim());
    if (!wanted) return [];
    const { name, papers } = this.model.nodes;
    const found = this.index.search(text, {
      boostDocument: (id) => 1 + Math.log10(1 + papers[id as number]) / 4,
    });
    const scored = found.map(({ id, score }) => {
      const node = id as number;
      return { node, score: score * this.closeness(node, wanted) };
    });
    scored.sort((a, b) => b.score - a.score || a.node - b.node);
    return scored.slice(0, most).map(({ node }) => ({ node, alias: this.aliasFor(node, wanted, name[node]) }));
  }

  /** What is typed exactly, or begun with, goes before what merely holds it. */
  private closeness(node: number, wanted: string): number {
    const { name, aliases } = this.model.nodes;
    const known = [name[node], ...aliases[node]].map(fold);
    if (known[0] === wanted) return 16;
    if (known.includes(wanted)) return 12;
    if (known[0].startsWith(wanted)) return 6;
    return known.some((one) => one.startsWith(wanted)) ? 3 : 1;
  }

  private aliasFor(node: number, wanted: string, name: string): string | null {
    if (fold(name).includes(wanted)) return null;
    return this.model.nodes.aliases[node].find((alias) => fold(alias).includes(wanted)) ?? null;
  }

  private indexSome(): void {
    const { name, aliases } = this.model.nodes;
    const until = Math.min(this.indexed + SLICE, this.model.nodeCount);
    for (; this.indexed < until; this.indexed += 1) {
      const id = this.indexed;
      this.index.add({ id, name: name[id], aliases: aliases[id].join('\n') });
    }
  }
}
