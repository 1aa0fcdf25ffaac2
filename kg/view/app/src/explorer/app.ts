/** What every part of the page works with. */

import type { Core, Detail } from '../model/data.ts';
import { shownBy, statementsIn, supportIn, type Shown } from '../model/filters.ts';
import type { Model, Statement } from '../model/model.ts';
import type { Search } from '../model/search.ts';
import type { Store } from '../model/state.ts';
import { byId } from './dom.ts';
import type { Palette } from './look.ts';
import { toast } from './parts/toast.ts';
import { walked } from './stage/scene.ts';

/** What a server knows of an entity that the page does not have. */
export interface Elsewhere {
  iri: string;
  name: string;
  type: string;
  papers: number;
  aliases: { surface: string }[];
}

export class App {
  readonly model: Model;
  readonly store: Store;
  readonly search: Search;
  readonly palette: Palette;
  /** Where `kg serve` answers, relative to the page; null for a page that stands alone. */
  readonly api: string | null = apiOf(document);
  private masks: Shown;
  private maskedBy: unknown;
  private grown: (() => void)[] = [];
  private readonly fetched = new Set<string>();
  private readonly detailed = new Promise<void>((resolve) => {
    this.onGrowth(() => {
      if (this.model.detail) resolve();
    });
  });

  constructor(model: Model, store: Store, search: Search, palette: Palette) {
    [this.model, this.store, this.search, this.palette] = [model, store, search, palette];
    this.maskedBy = store.state.filters;
    this.masks = shownBy(model, store.state.filters);
  }

  /** What the filters show now. */
  get shown(): Shown {
    const { filters } = this.store.state;
    if (this.maskedBy !== filters || this.masks.edges.length !== this.model.edgeCount) {
      this.maskedBy = filters;
      this.masks = shownBy(this.model, filters);
    }
    return this.masks;
  }

  /** How many papers state an edge in the years that are shown, and what they say. */
  support(edge: number): number {
    return supportIn(this.model.edges, edge, this.store.state.filters.years);
  }

  statements(edge: number): Statement[] {
    return statementsIn(this.model, edge, this.store.state.filters.years);
  }

  /** The entities on the stage: those of the walk, or all that are shown. */
  get nodes(): number[] {
    const { walk } = this.store.state;
    if (walk.length > 0) return walked(this.model, this.shown, walk);
    return this.model.nodes.name.flatMap((_, node) => (this.shown.nodes[node] ? [node] : []));
  }

  /** Whether an entity is drawn: on the map, or in the walk. */
  isOnStage(node: number): boolean {
    if (this.store.state.walk.length > 0) return this.nodes.includes(node);
    return node < this.model.mapped && this.shown.nodes[node] === 1;
  }

  /** Selects an entity and shows its card; null clears. One that a walk has not met becomes a step of it. */
  select(node: number | null): void {
    if (node !== null && this.shown.nodes[node] === 1 && !this.isOnStage(node)) void this.open(node);
    else this.store.set({ node, edge: null, ...(node !== null && { view: 'map' }) });
  }

  selectEdge(edge: number): void {
    this.store.set({ edge, node: null, view: 'map' });
  }

  /** Opens the neighbours of an entity, as one more step of the walk. */
  async open(node: number): Promise<void> {
    await this.fetchNeighbours(node);
    const { walk } = this.store.state;
    this.store.set({ walk: [...walk, node], node, edge: null, view: 'map' });
    const count = this.nodes.length;
    this.announce(`${this.model.nodes.name[node]} opened: ${count} entities on the map`);
  }

  undo(): void {
    const walk = this.store.state.walk.slice(0, -1);
    this.store.set({ walk, node: walk.at(-1) ?? this.store.state.node });
    this.announce(walk.length > 0 ? 'Last step undone' : 'Back to the whole map');
  }

  /** Tells readers who do not see what changed. */
  announce(message: string): void {
    byId('live').textContent = message;
  }

  /** Tells everyone, for a while, what can be seen nowhere else. */
  tell(message: string): void {
    toast(message);
  }

  /** Calls back when a server added to the graph, or the sentences arrived. */
  onGrowth(listener: () => void): void {
    this.grown.push(listener);
  }

  grow(): void {
    for (const listener of this.grown) listener();
  }

  /** Asks the server for what this page left out around an entity; without a server there is nothing to ask. */
  async fetchNeighbours(node: number): Promise<void> {
    if (this.canFetch(node)) await this.fetchAround(this.model.fullIri(node));
  }

  canFetch(node: number): boolean {
    return this.model.lacksNeighbours(node) && !this.fetched.has(this.model.fullIri(node));
  }

  /** Finds what the page left out by name; nothing without a server. */
  async findElsewhere(typed: string): Promise<Elsewhere[]> {
    const found = (await this.ask('../search', { q: typed, limit: '12' })) as { results: Elsewhere[] } | null;
    return (found?.results ?? []).filter(({ iri }) => this.model.find(iri) === undefined);
  }

  /** Takes in an entity that the page left out, with its neighbours; null where the server has none either. */
  async fetch(iri: string): Promise<number | null> {
    await this.fetchAround(this.model.withBase(iri));
    return this.model.find(iri) ?? null;
  }

  private async fetchAround(iri: string): Promise<void> {
    await this.detailed; // what comes joins the sentences
    const more = await this.ask('neighbourhood', { iri, hops: '1' });
    if (more === null) return;
    this.fetched.add(iri);
    this.model.merge(more as Core & Detail);
    this.grow();
    void this.search.prepare();
  }

  private async ask(what: string, parameters: Record<string, string>): Promise<unknown> {
    if (!this.api) return null;
    try {
      const answer = await fetch(`${this.api}${what}?${new URLSearchParams(parameters).toString()}`);
      if (answer.ok) return await answer.json();
      if (answer.status !== 404) this.tell(`More could not be fetched: the server answered ${answer.status}`);
    } catch {
      this.tell('More could not be fetched: the server does not answer');
    }
    return null;
  }
}

/** Set only on pages that `kg serve` answers with; a page from a file never asks for anything. */
export function apiOf(page: Document): string | null {
  const named = page.querySelector<HTMLMetaElement>('meta[name="kg-api"]')?.content;
  return named && /^https?:$/.test(location.protocol) ? named : null;
}
