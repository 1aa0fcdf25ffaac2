/** The state as the fragment of a link, by names that mean the same on every page of the same graph. */

import { ALL, SUPPORTS, type Filters } from './filters.ts';
import type { Model } from './model.ts';
import { START, VIEWS, type Camera, type State, type View } from './state.ts';

const SEPARATOR = '~'; // no IRI of ours has it

/** Writes what differs from the start; an empty text when nothing does. */
export function toFragment(model: Model, state: State): string {
  const parts = new URLSearchParams();
  const put = (key: string, value: string | null): void => {
    if (value !== null && value !== '') parts.set(key, value);
  };
  const iri = (node: number | null): string => (node === null ? '' : model.nodes.iri[node]);
  put('view', state.view === START.view ? null : state.view);
  put('node', iri(state.node));
  put('edge', state.edge === null ? null : edgeName(model, state.edge));
  put('walk', state.walk.map(iri).join(SEPARATOR));
  put('path', state.path?.map(iri).join(SEPARATOR) ?? null);
  put('compare', state.compare.some((node) => node !== null) ? state.compare.map(iri).join(SEPARATOR) : null);
  put('board', iri(state.board));
  putFilters(model, state.filters, put);
  const { camera } = state;
  put('at', camera && [camera.x, camera.y, camera.ratio].map((value) => value.toFixed(4)).join(','));
  return parts.toString().replaceAll('%2F', '/').replaceAll('%2C', ',').replaceAll('%7E', '~');
}

function putFilters(model: Model, filters: Filters, put: (key: string, value: string | null) => void): void {
  put('without', [...filters.types].map((type) => model.types[type]).join(','));
  put('not', [...filters.relations].map((relation) => model.relations[relation].key).join(','));
  put('years', filters.years?.join('-') ?? null);
  put('confidence', filters.confidence > 0 ? String(filters.confidence) : null);
  put('papers', filters.support > 1 ? String(filters.support) : null);
  put('stated', filters.inferred ? null : '1');
  put('linked', filters.lonely ? null : '1');
}

/** Reads a fragment; what it names that this page does not have is left out. */
export function fromFragment(model: Model, fragment: string): State {
  const parts = new URLSearchParams(fragment.replace(/^#/, ''));
  const node = (iri: string | undefined): number | null => (iri ? (model.find(iri) ?? null) : null);
  const nodes = (key: string): (number | null)[] => (parts.get(key) ?? '').split(SEPARATOR).map(node);
  const walk = nodes('walk').filter((one) => one !== null);
  const [from = null, to = null] = nodes('path');
  const [left = null, right = null] = nodes('compare');
  return {
    view: VIEWS.find((view: View) => view === parts.get('view')) ?? START.view,
    node: node(parts.get('node') ?? ''),
    edge: edgeNamed(model, parts.get('edge') ?? ''),
    walk,
    path: from === null && to === null ? null : [from, to],
    compare: [left, right],
    board: node(parts.get('board') ?? ''),
    filters: filtersFrom(model, parts),
    camera: cameraFrom(parts.get('at')),
  };
}

/** The entities that a fragment names and this page does not have. */
export function missingFrom(model: Model, fragment: string): string[] {
  const parts = new URLSearchParams(fragment.replace(/^#/, ''));
  const [source, , target] = (parts.get('edge') ?? '').split(SEPARATOR);
  const named = ['node', 'walk', 'path', 'compare', 'board'].flatMap((key) => parts.get(key)?.split(SEPARATOR) ?? []);
  return [...new Set([...named, source, target])].filter((iri) => iri && model.find(iri) === undefined);
}

function edgeName({ nodes, edges, relations }: Model, edge: number): string {
  const [source, target] = [nodes.iri[edges.source[edge]], nodes.iri[edges.target[edge]]];
  return [source, relations[edges.relation[edge]].key, target].join(SEPARATOR);
}

function edgeNamed(model: Model, name: string): number | null {
  const [source = '', relation, target = ''] = name.split(SEPARATOR);
  const [from, to] = [model.find(source), model.find(target)];
  const kind = model.relations.findIndex(({ key }) => key === relation);
  return from === undefined || to === undefined ? null : (model.edgeBetween(from, to, kind) ?? null);
}

function filtersFrom(model: Model, parts: URLSearchParams): Filters {
  const listed = (key: string): string[] => (parts.get(key) ?? '').split(',').filter(Boolean);
  const places = (names: string[], all: string[]): Set<number> =>
    new Set(names.map((name) => all.indexOf(name)).filter((place) => place >= 0));
  const years = /^(\d{1,4})-(\d{1,4})$/.exec(parts.get('years') ?? '');
  return {
    types: places(listed('without'), model.types),
    relations: places(
      listed('not'),
      model.relations.map(({ key }) => key),
    ),
    years: years ? [Number(years[1]), Number(years[2])] : null,
    confidence: within(Number(parts.get('confidence')), 0, 1, ALL.confidence),
    support: supportFrom(Number(parts.get('papers') ?? ALL.support)),
    inferred: parts.get('stated') !== '1',
    lonely: parts.get('linked') !== '1',
  };
}

/** The next that can be asked for, so that what is told is what is done. */
function supportFrom(papers: number): number {
  if (!Number.isFinite(papers)) return ALL.support;
  return SUPPORTS.find((least) => least >= papers) ?? SUPPORTS[SUPPORTS.length - 1];
}

function cameraFrom(text: string | null): Camera | null {
  const [x, y, ratio] = (text ?? '').split(',').map(Number);
  const whole = [x, y, ratio].every((value) => Number.isFinite(value));
  return text && whole
    ? { x: within(x, -2, 3, 0.5), y: within(y, -2, 3, 0.5), ratio: within(ratio, 0.005, 4, 1) }
    : null;
}

function within(value: number, least: number, most: number, otherwise: number): number {
  return Number.isFinite(value) ? Math.min(most, Math.max(least, value)) : otherwise;
}
