import assert from 'node:assert/strict';
import { test } from 'node:test';
import { boardDatasets, disputes, leaderboard } from '../src/model/boards.ts';
import { compare } from '../src/model/compare.ts';
import { ALL, inUse, passes, shownBy, statementsIn, supportIn } from '../src/model/filters.ts';
import { fromFragment, missingFrom, toFragment } from '../src/model/link.ts';
import { shortestPath } from '../src/model/paths.ts';
import { distance } from '../src/model/rank.ts';
import { csv, edgeRows, edgesAmong, EDGE_COLUMNS, gexf } from '../src/model/save.ts';
import { Search, tokens } from '../src/model/search.ts';
import { equal, START, Store } from '../src/model/state.ts';
import { all, modelOf, payload, type Edge } from './fake.ts';

const NODES = [
  'Model/BERT|bert-base',
  'Model/GPT-4',
  'Task/question answering|QA',
  'Dataset/SQuAD',
  'Metric/F1',
  'Model/Lonely',
];
const EDGES: Edge[] = [
  [0, 0, 2, 5, 0.9, 2019],
  [1, 0, 2, 2, 0.7, 2023],
  [0, 1, 3, 3, 0.8, 2019],
  [1, 2, 0, 1, 0.4, 2023],
  [0, 2, 1, 1, 0.3, 2020],
];
const small = () => modelOf(NODES, EDGES);

test('an edge is read from either end', () => {
  const model = small();
  assert.deepEqual([...model.edgesOf(2)], [0, 1]);
  assert.equal(model.phrase(0, 0), 'used for');
  assert.equal(model.phrase(0, 2), 'approached with');
  assert.equal(model.statements(1)[0].text, 'Sentence 1.');
  assert.equal(model.find('https://w3id.org/paperkg/model/bert'), 0);
});

test('filters take away by type, relation, year, confidence and support', () => {
  const model = small();
  const left = (patch: Partial<typeof ALL>): [number, number] => {
    const { nodeCount, edgeCount } = shownBy(model, { ...ALL, ...patch });
    return [nodeCount, edgeCount];
  };
  assert.deepEqual(left({}), [6, 5]);
  assert.deepEqual(left({ types: new Set([2]) }), [3, 0]);
  assert.deepEqual(left({ relations: new Set([2]) }), [6, 3]);
  assert.deepEqual(left({ support: 3 }), [6, 2]);
  assert.deepEqual(left({ confidence: 0.75 }), [6, 2]);
  assert.deepEqual(left({ lonely: false }), [4, 5]);
  assert.deepEqual(left({ years: [2020, 2020] }), [6, 1]);
  assert.deepEqual(left({ years: [1990, 1991] }), [0, 0]);
  assert.equal(inUse({ ...ALL, support: 3, lonely: false }), 2);
});

test('a relation counts, and is quoted, in the years in which papers state it', () => {
  const model = modelOf(NODES, [[0, 0, 2, 3, 0.9, 2018]], {
    statements: { paper: [0, 1, 2], confidence: [0.9, 0.8, 0.7], text: [0, 1, 2] },
    texts: ['of 2018', 'of 2021', 'of no year'],
    papers: { id: ['a', 'b', 'c'], title: ['', '', ''], year: [2018, 2021, null], url: [null, null, null] },
  });
  [model.edges.first[0], model.edges.last[0], model.edges.years[0], model.edges.ev[1]] = [
    2018,
    2021,
    [2018, 1, 2021, 1],
    3,
  ];
  const quoted = (years: [number, number] | null): string[] => statementsIn(model, 0, years).map(({ text }) => text);
  assert.deepEqual(quoted([2019, 2022]), ['of 2021']);
  assert.equal(quoted(null).length, 3);
  assert.deepEqual([supportIn(model.edges, 0, [2019, 2022]), supportIn(model.edges, 0, null)], [1, 3]);
  assert.ok(passes(model, 0, { ...ALL, years: [2018, 2018] }));
  assert.ok(!passes(model, 0, { ...ALL, years: [2019, 2020] }), 'no paper of these years states it');
  assert.ok(!passes(model, 0, { ...ALL, years: [2019, 2022], support: 2 }));
});

test('a community has as many members as are shown', () => {
  const model = small();
  assert.deepEqual([...all(model).members], [6]);
  assert.deepEqual([...shownBy(model, { ...ALL, years: [1990, 1991] }).members], [0]);
});

test('relations read from names alone can be left out', () => {
  const model = small();
  model.edges.inferred[0] = 1;
  model.edges.support[0] = 0;
  assert.equal(shownBy(model, ALL).edgeCount, 5);
  assert.equal(shownBy(model, { ...ALL, inferred: false }).edgeCount, 4);
});

test('a shortest path takes the best supported edges, and respects the filters', () => {
  const model = small();
  assert.deepEqual(shortestPath(model, all(model), 3, 1), { nodes: [3, 0, 1], edges: [2, 3] });
  assert.deepEqual(shortestPath(model, all(model), 2, 2), { nodes: [2], edges: [] });
  assert.equal(shortestPath(model, all(model), 0, 5), null);
  const without = shownBy(model, { ...ALL, relations: new Set([2]) });
  assert.deepEqual(shortestPath(model, without, 3, 1)?.nodes, [3, 0, 2, 1]);
});

test('paths are as short as those of a search written another way', () => {
  const count = 60;
  const edges: Edge[] = Array.from({ length: 110 }, (_, at) => [(at * 17) % count, at % 3, (at * 29 + 7) % count]);
  const model = modelOf(
    Array.from({ length: count }, (_, at) => `Model/n${at}`),
    edges.filter(([a, , b]) => a !== b),
  );
  const far = Array.from({ length: count }, (_, at) => (at === 0 ? 0 : Infinity));
  for (let round = 0; round < count; round += 1) {
    model.edges.source.forEach((a, edge) => {
      const b = model.edges.target[edge];
      far[a] = Math.min(far[a], far[b] + 1);
      far[b] = Math.min(far[b], far[a] + 1);
    });
  }
  for (let node = 0; node < count; node += 1) {
    assert.equal(shortestPath(model, all(model), 0, node)?.edges.length ?? Infinity, far[node]);
  }
});

test('two entities share what both are linked to by the same phrase', () => {
  const model = small();
  const { direct, both, onlyLeft, onlyRight } = compare(model, all(model), 0, 1);
  assert.deepEqual(direct, [3, 4]);
  assert.deepEqual(both, [{ phrase: 'used for', other: 2, left: 0, right: 1 }]);
  assert.deepEqual(
    onlyLeft.map(({ other }) => other),
    [3],
  );
  assert.deepEqual(onlyRight, []);
});

test('contradictions are pairs that outperform each other', () => {
  assert.deepEqual(disputes(small()), [{ one: 1, other: 0, ahead: 3, behind: 4 }]);
});

test('a leaderboard goes by the direction of its metric, and keeps gains apart', () => {
  const results = {
    subject: [0, 1, 0, 1], metric: [4, 4, 4, 4], dataset: [3, 3, 3, 3], baseline: [-1, -1, 0, -1],
    value: ['88', '91', '2', 'high'], unit: [null, null, null, null], number: [88, 91, 2, null], kind: [0, 0, 1, 0],
    paper: [0, 0, 0, 0], confidence: [1, 1, 1, 1], text: [0, 0, 0, 0],
  }; // prettier-ignore
  const model = modelOf(NODES, EDGES, { results });
  assert.deepEqual(boardDatasets(results), [{ dataset: 3, count: 4 }]);
  assert.deepEqual(leaderboard(model, results, 3), {
    boards: [{ metric: 4, direction: null, rows: [1, 0, 3] }],
    changes: [2],
  });
  model.nodes.direction[4] = 'lower';
  assert.deepEqual(leaderboard(model, results, 3).boards[0].rows, [0, 1, 3]);
});

test('a link says all of the state, and only what differs', () => {
  const model = small();
  assert.equal(toFragment(model, START), '');
  const state = {
    view: 'facts' as const, node: 1, edge: 4, walk: [0, 2, 0], path: [1, null] as const, compare: [null, 3] as const, board: 3,
    filters: { types: new Set([4, 0]), relations: new Set([1]), years: [2019, 2023] as const, confidence: 0.35, support: 3, inferred: false, lonely: false },
    camera: { x: 0.25, y: 0.5, ratio: 0.125 },
  }; // prettier-ignore
  assert.deepEqual(fromFragment(model, toFragment(model, state)), state);
  assert.deepEqual(fromFragment(model, '#node=no/such&walk=~&path=a~b&years=0-x&confidence=NaN&at=1,2&edge=~~'), START);
});

test('a link asks for as many papers as the page can, and says what the page does not have', () => {
  const model = small();
  const support = (papers: string): number => fromFragment(model, `papers=${papers}`).filters.support;
  assert.deepEqual(['4', '5', '999', '-1', '0', 'x', ''].map(support), [5, 5, 100, 1, 1, 1, 1]);
  const link = '#node=a&walk=model/bert~b&path=b~c&compare=~d&board=e&edge=f~usedFor~model/bert';
  assert.deepEqual(missingFrom(model, link), ['a', 'b', 'c', 'd', 'e', 'f']);
  assert.deepEqual(missingFrom(model, 'node=model/bert&walk=~~&edge=x'), ['x']);
});

test('what is equal stays the same object, and tells nobody', () => {
  const store = new Store();
  let told = 0;
  store.on(() => (told += 1));
  store.set({ walk: [], filters: { ...ALL, types: new Set() } });
  assert.equal(told, 0);
  store.set({ walk: [1] });
  assert.equal(told, 1);
  assert.ok(equal(new Set([1, 2]), new Set([2, 1])));
  assert.ok(!equal({ a: [1] }, { a: [2] }));
});

test('names are found by a beginning, an alias, a typing error, with and without signs', async () => {
  const model = small();
  const search = new Search(model);
  await search.prepare();
  const first = (typed: string): string | undefined => model.nodes.name[search.find(typed)[0]?.node];
  for (const [typed, name] of Object.entries({
    ber: 'BERT', qa: 'question answering', quesion: 'question answering', gpt4: 'GPT-4', 'GPT-4': 'GPT-4', sqaud: 'SQuAD', 'bert base': 'BERT',
  })) assert.equal(first(typed), name, typed); // prettier-ignore
  assert.equal(search.find('qa')[0].alias, 'QA');
  assert.deepEqual(search.find('zzzzzz'), []);
  assert.deepEqual(search.find('  '), []);
  assert.deepEqual(tokens('ViT-B/16'), ['vit', 'b', '16', 'vitb16']);
});

test('a sure find goes before a guess, and among equals what more papers speak of', async () => {
  const model = modelOf(
    ['Task/tracking', 'Model/LLM-FP4', 'Dataset/ImageNet-1K', 'Task/large language model|LLM', 'Method/Transformer',
      'Dataset/ImageNet', 'Task/long range arena', 'Model/Hyena', 'Task/image trade', 'Dataset/Hyenas'],
    [],
  ); // prettier-ignore
  model.nodes.papers.splice(0, 10, 2, 3, 20, 9, 87, 18, 50, 1, 99, 4);
  const search = new Search(model);
  await search.prepare();
  const found = (typed: string): string[] => search.find(typed).map(({ node }) => model.nodes.name[node]);
  assert.deepEqual(found('tra'), ['Transformer', 'tracking', 'image trade']);
  assert.deepEqual(found('image'), ['image trade', 'ImageNet-1K', 'ImageNet']);
  assert.deepEqual(found('LLM').slice(0, 2), ['large language model', 'LLM-FP4']);
  assert.deepEqual(found('imagnet').slice(0, 2), ['ImageNet', 'ImageNet-1K']);
  assert.deepEqual(found('hyena').slice(0, 2), ['Hyena', 'Hyenas']);
  assert.equal(distance('sqaud', 'squad'), 1);
});

test('tables are CSV that no spreadsheet runs', () => {
  const told = csv(
    ['a', 'b'],
    [
      ['=1+1', 2],
      ['say "hi", all', null],
      ['-', 'x\ny'],
    ],
  );
  assert.equal(told, `a,b\r\n'=1+1,2\r\n"say ""hi"", all",\r\n'-,"x\ny"\r\n`);
  const model = small();
  const [head, line] = csv(EDGE_COLUMNS, edgeRows(model, [0])).split('\r\n');
  assert.equal(head.split(',').length, EDGE_COLUMNS.length);
  const row = 'BERT,used for,question answering,5,0.9,2019,2019,p0,A paper,https://example.org/p0,Sentence 0.';
  assert.equal(line, `${row},https://w3id.org/paperkg/model/bert,https://w3id.org/paperkg/task/question-answering`);
});

test('a graph is saved with its edges, and without what XML cannot say', () => {
  const model = modelOf(['Model/a<&"\u0000\ud800', 'Model/b'], [[0, 2, 1]]);
  assert.deepEqual(edgesAmong(model, [1, 0], all(model)), [0]);
  const told = gexf(model, [0, 1], all(model), () => ({ x: 1, y: 2, size: 3, color: '#e69f00' }));
  assert.match(told, /label="a&lt;&amp;&quot;"/);
  assert.match(told, /r="230" g="159" b="0"/);
  assert.match(told, /<edge [^>]*source="[^"]*" target="[^"]*b"/);
  // eslint-disable-next-line no-control-regex -- that is what must not be there
  assert.doesNotMatch(told, /[\u0000\ud800]/);
});

test('what a server adds joins what is there, once', () => {
  const model = small();
  const more = payload(
    ['Model/BERT', 'Task/parsing', 'Dataset/SQuAD'],
    [
      [0, 0, 1, 4],
      [0, 1, 2, 9],
    ],
  );
  more.nodes.x.fill(null);
  for (let time = 0; time < 2; time += 1) {
    model.merge(structuredClone(more));
    assert.equal(model.nodeCount, 7);
    assert.equal(model.edgeCount, 6);
    assert.equal(model.mapped, 6);
  }
  assert.deepEqual([...model.edgesOf(0)], [0, 2, 3, 4, 5]);
  assert.equal(model.nodes.name[model.otherEnd(5, 0)], 'parsing');
  assert.equal(model.statements(5)[0].text, 'Sentence 0.');
  assert.equal(model.edges.support[2], 3);
});
