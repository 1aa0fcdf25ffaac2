import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ALL, shownBy } from '../src/model/filters.ts';
import type { Palette } from '../src/explorer/look.ts';
import { NO_FOCUS, onStage } from '../src/explorer/stage/focus.ts';
import { place, shorten, type Wish } from '../src/explorer/stage/labels.ts';
import { frameOf } from '../src/explorer/stage/looking.ts';
import { Occupied } from '../src/explorer/stage/occupied.ts';
import { along, curves, nearest } from '../src/explorer/stage/overlay.ts';
import { Pace } from '../src/explorer/stage/pace.ts';
import { Projection } from '../src/explorer/stage/projection.ts';
import { mapScene, STEP, walked, walkScene } from '../src/explorer/stage/scene.ts';
import { wishes } from '../src/explorer/stage/wishes.ts';
import { all, modelOf, type Edge } from './fake.ts';

const measure = (text: string, size: number): number => text.length * size * 0.6;
const AREA = { left: 0, top: 0, right: 800, bottom: 600 };
const chance = (seed: number): number => (((Math.sin(seed * 127.1) * 43758.5453) % 1) + 1) % 1;

test('names never lie on one another, and the first come first', () => {
  const wishes: Wish[] = Array.from({ length: 400 }, (_, at) => ({
    text: `name ${at}`, x: 800 * chance(at), y: 600 * chance(at + 0.5), radius: 4, size: 12, weight: 400, colour: '',
  })); // prettier-ignore
  const placed = place(wishes, new Occupied(), AREA, 120, measure);
  assert.ok(placed.length > 40 && placed.length <= 120);
  assert.equal(placed[0].text, 'name 0');
  const boxes = placed.map(({ left, middle, written, size }) => ({
    left,
    right: left + measure(written, size),
    top: middle - 7,
    bottom: middle + 7,
  }));
  boxes.forEach((one, at) => {
    for (const other of boxes.slice(at + 1)) {
      assert.ok(
        one.right <= other.left || other.right <= one.left || one.bottom <= other.top || other.bottom <= one.top,
      );
    }
    assert.ok(one.left >= 0 && one.right <= 800);
  });
});

test('what must be read is read even without room', () => {
  const wish: Wish = { text: 'a', x: 400, y: 300, radius: 4, size: 12, weight: 400, colour: '' };
  const full = new Occupied();
  full.add(AREA);
  assert.equal(place([wish], full, AREA, 9, measure).length, 0);
  assert.equal(place([{ ...wish, must: true }], full, AREA, 0, measure).length, 1);
});

test('long names are cut between characters', () => {
  assert.equal(shorten('🧪'.repeat(50), 4), '🧪🧪🧪…');
  assert.equal(shorten('short'), 'short');
});

test('edges between the same two are bent apart, and found where they pass', () => {
  const model = modelOf(
    ['Model/a', 'Model/b'],
    [
      [0, 0, 1],
      [0, 2, 1],
      [1, 2, 0],
    ],
  );
  const scene = mapScene(model);
  const projection = new Projection(200, 300, 4, 800, 600);
  const drawn = curves(model, scene, projection, [0, 1, 2]);
  const middles = drawn.map((one) => along(one, 0.5)[1].toFixed(1));
  assert.equal(new Set(middles).size, 3);
  for (const one of drawn) assert.equal(nearest(drawn, ...along(one, 0.5))?.edge, one.edge);
  assert.equal(nearest(drawn, 0, 0), null);
});

test('slow frames draw fewer lines, fast ones more', () => {
  const pace = new Pace();
  const begin = pace.budget(true);
  for (let now = 0; now < 1000; now += 100) pace.frame(now);
  assert.ok(pace.budget(true) < begin);
  for (let now = 1000; now < 3000; now += 16) pace.frame(now);
  assert.ok(pace.budget(true) > begin);
  assert.ok(pace.budget(false) > pace.budget(true));
});

test('a walk opens neighbours step by step, the best supported first, and lays them out alike each time', () => {
  const edges: Edge[] = Array.from({ length: 60 }, (_, at) => [0, 0, at + 1, 60 - at]);
  const model = modelOf(
    Array.from({ length: 61 }, (_, at) => `Model/n${at}`),
    edges,
  );
  const shown = all(model);
  assert.deepEqual(
    walked(model, shown, [0]),
    Array.from({ length: STEP + 1 }, (_, at) => at),
  );
  assert.equal(walked(model, shown, [0, 0]).length, 2 * STEP + 1);
  assert.equal(walked(model, shown, [0, 0, 0, 0]).length, 61);
  const [one, two] = [walkScene(model, shown, [0], null), walkScene(model, shown, [0], null)];
  for (const node of one.nodes) assert.deepEqual([one.x(node), one.y(node)], [two.x(node), two.y(node)]);
  for (const node of one.nodes) for (const other of one.nodes) {
    const apart = Math.hypot(one.x(node) - one.x(other), one.y(node) - one.y(other));
    assert.ok(node === other || apart > one.radius(node), `${node} on ${other}`);
  } // prettier-ignore
});

test('no name without its node: neither of what a walk has not met nor of what the filters hide', () => {
  const model = modelOf(['Model/a', 'Task/b', 'Model/c'], [[0, 0, 1]]);
  const focus = { ...NO_FOCUS, nodes: new Set([0, 1, 2]), edges: [0], node: 2 };
  const palette = { colour: () => '' } as unknown as Palette;
  const projection = new Projection(200, 300, 1, 800, 600);
  const tasks = shownBy(model, { ...ALL, types: new Set([2]) });
  for (const [scene, shown, names] of [
    [walkScene(model, all(model), [0], null), all(model), ['a', 'b']],
    [mapScene(model), tasks, ['b']],
    [mapScene(model), all(model), ['a', 'b', 'c']],
  ] as const) {
    const there = onStage(focus, model, scene, shown);
    const wanted = wishes({ model, scene, shown, focus: there, hovered: null, projection, palette });
    assert.deepEqual([...wanted].map(({ text }) => text).sort(), names);
    assert.equal(there.edges.length, shown.edgeCount);
    assert.equal(there.node, names.length === 3 ? 2 : null);
  }
});

test('a community is named while one of its entities is shown', () => {
  const model = modelOf(['Model/a', 'Model/b', 'Model/c', 'Model/d', 'Model/e'], []);
  const projection = new Projection(200, 300, 0.5, 800, 600);
  const palette = { colour: () => '' } as unknown as Palette;
  const named = (filters: Partial<typeof ALL>): boolean => {
    const shown = shownBy(model, { ...ALL, ...filters });
    const frame = { model, scene: mapScene(model), shown, focus: NO_FOCUS, hovered: null, projection, palette };
    return [...wishes(frame)].some(({ text }) => text === 'all');
  };
  assert.deepEqual([named({}), named({ years: [2030, 2031] })], [true, false]);
});

test('signs stay of sane size however near, and one entity does not fill the screen', () => {
  const lonely = mapScene(modelOf(['Model/a'], []));
  const frame = frameOf(lonely);
  assert.ok(frame && frame.x[1] - frame.x[0] >= 640 && frame.y[1] - frame.y[0] >= 420);
  assert.ok(new Projection(0, 0, 400, 800, 600).radius(lonely.radius(0)) <= 20);
  assert.equal(frameOf(mapScene(modelOf([], []))), null);
  const wide = Array.from({ length: 9 }, (_, at) => `Model/n${at}`);
  assert.equal(frameOf(mapScene(modelOf(wide, []))), null);
});
