/** What the reader is looking at: one value, changed by patches, told to whoever listens. */

import { ALL, type Filters } from './filters.ts';

export const VIEWS = ['map', 'entities', 'facts', 'boards', 'disputes', 'compare'] as const;
export type View = (typeof VIEWS)[number];

export interface Camera {
  x: number;
  y: number;
  ratio: number;
}

export interface State {
  view: View;
  node: number | null;
  edge: number | null;
  /** Entities whose neighbours were opened, one after another; while there are any, only they are drawn. */
  walk: readonly number[];
  /** The ends of the path that is shown. */
  path: readonly [number | null, number | null] | null;
  compare: readonly [number | null, number | null];
  /** The data set whose leaderboard is open. */
  board: number | null;
  filters: Filters;
  /** Where the map is looked at from; null for all of it. */
  camera: Camera | null;
}

export const START: State = {
  view: 'map',
  node: null,
  edge: null,
  walk: [],
  path: null,
  compare: [null, null],
  board: null,
  filters: ALL,
  camera: null,
};

export type Listener = (state: State, previous: State) => void;

export class Store {
  private listeners: Listener[] = [];
  state: State;

  constructor(state: State = START) {
    this.state = state;
  }

  set(patch: Partial<State>): void {
    const previous = this.state;
    const changed = (Object.keys(patch) as (keyof State)[]).some((key) => patch[key] !== previous[key]);
    if (!changed) return;
    this.state = { ...previous, ...patch };
    for (const listener of this.listeners) listener(this.state, previous);
  }

  filter(patch: Partial<Filters>): void {
    this.set({ filters: { ...this.state.filters, ...patch } });
  }

  /** Calls back at every change from now on. */
  on(listener: Listener): void {
    this.listeners.push(listener);
  }
}
