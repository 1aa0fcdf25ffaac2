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

  /** Takes over what differs; what is equal stays the same object, so that listeners can compare by identity. */
  set(patch: Partial<State>): void {
    const previous = this.state;
    const changed = Object.entries(patch).filter(([key, value]) => !equal(value, previous[key as keyof State]));
    if (changed.length === 0) return;
    this.state = { ...previous, ...(Object.fromEntries(changed) as Partial<State>) };
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

/** Whether two values of a state say the same: plain values, lists, sets and records of these. */
export function equal(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true;
  if (one instanceof Set && other instanceof Set) return equal([...one].sort(), [...other].sort());
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  const [entries, others] = [Object.entries(one), Object.entries(other)];
  return (
    entries.length === others.length &&
    entries.every(([key, value], at) => others[at][0] === key && equal(value, others[at][1]))
  );
}
