'use strict';

// The side panel: everything in it is made of text nodes.
const panel = byId('panel');
const RELATIONS = Object.keys(data.words);

function citation(number) {
  const paper = data.papers[number];
  const year = paper.year === null ? '' : ` (${paper.year})`;
  return make('span', { class: 'cited' }, link(paper.url, paper.title || 'untitled'), year);
}

function quotes([paper, sentences, confidence]) {
  const quoted = sentences.map((one) => make('blockquote', {}, make('bdi', {}, data.sentences[one])));
  const sure = ` · confidence ${confidence}`;
  return [...quoted, make('p', { class: 'cited' }, citation(paper), sure)];
}

function goTo(id) {
  return make('button', { type: 'button', class: 'go', onclick: () => selectNode(id, { move: true, focus: true }) },
    make('bdi', {}, entityOf(id).name));
}

function goToEdge(edge, text) {
  return make('button', { type: 'button', class: 'go', onclick: () => selectEdge(edge.id, { focus: true }) }, text);
}

function named(iri) {
  return numberOf.has(iri) ? goTo(numberOf.get(iri)) : make('bdi', {}, data.names[iri] ?? '');
}

function kindOf(entity, ...more) {
  const sample = document.querySelector(`#legend input[value="${CSS.escape(entity.type)}"] ~ svg`).cloneNode(true);
  return make('span', { class: 'kind' }, sample, entity.type === 'Dataset' ? 'Data set' : entity.type, ...more);
}

function fact(id, edge) {
  const { support, statements } = data.facts[edge.id];
  const more = support > 1 ? goToEdge(edge, `all ${counted(support, 'paper', 'papers')} for this`) : null;
  return make('li', {}, goTo(otherEnd(edge, id)), ...statements.slice(0, 1).flatMap(quotes), more);
}

// The edges of a node by phrase ("used for", "has part"), in the order of the legend, the best supported first.
function phrased(id) {
  const groups = new Map();
  const place = (edge) => RELATIONS.indexOf(edge.relation) * 2 + (edge.from === id ? 0 : 1);
  const support = (edge) => data.facts[edge.id].support;
  for (const edge of [...edgesOf[id]].sort((a, b) => place(a) - place(b) || support(b) - support(a))) {
    const phrase = data.words[edge.relation][edge.from === id ? 0 : 1];
    groups.set(phrase, [...(groups.get(phrase) ?? []), edge]);
  }
  return [...groups];
}

function factSection(id) {
  const parts = phrased(id).flatMap(([phrase, edges]) => [
    make('h4', {}, `${phrase} `, make('small', {}, String(edges.length))),
    make('ul', {}, ...edges.map((edge) => fact(id, edge))),
  ]);
  const hidden = entityOf(id).degree - edgesOf[id].length;
  const rest = hidden > 0 ? make('p', { class: 'cited' }, `${counted(hidden, 'more fact is', 'more facts are')} not on this page.`) : null;
  return [make('h3', {}, 'Facts'), ...parts, rest];
}

function resultItem(result) {
  const kind = result.kind === 'absolute' ? '' : ` (${result.kind})`;
  const on = result.dataset ? [' on ', named(result.dataset)] : [];
  const over = result.baseline ? [' against ', named(result.baseline)] : [];
  return make('li', {}, named(result.subject), ': ', make('span', { class: 'value' }, result.value), kind, ' ',
    named(result.metric), ...on, ...over, ...quotes(result.said));
}

function resultSection({ results }) {
  return results.length ? [make('h3', {}, 'Reported results'), make('ul', {}, ...results.map(resultItem))] : [];
}

function paperSection(entity) {
  const rest = entity.of - entity.papers.length;
  const more = rest > 0 ? make('p', { class: 'cited' }, `and ${counted(rest, 'more paper', 'more papers')}, all in the build folder`) : null;
  const items = entity.papers.map((number) => make('li', {}, citation(number)));
  return [make('h3', {}, `Papers (${numberFormat.format(entity.of)})`), make('ul', {}, ...items), more];
}

function fill(heading, ...content) {
  const close = make('button', { type: 'button', class: 'close', 'aria-label': 'Close details', onclick: clearSelection }, '×');
  panel.replaceChildren(close, make('h2', { tabindex: '-1' }, ...heading), ...content.filter((part) => part !== null));
  panel.classList.add('open');
  panel.scrollTop = 0;
}

function showNode(id) {
  const entity = entityOf(id);
  const size = `· ${counted(entity.of, 'paper', 'papers')} · ${counted(entity.degree, 'fact', 'facts')}`;
  const aliases = entity.aliases.length
    ? make('p', { class: 'aliases' }, make('small', {}, 'also written '), make('bdi', {}, entity.aliases.join(', '))) : null;
  fill([make('bdi', {}, entity.name)], make('p', {}, kindOf(entity, make('span', {}, size))), aliases,
    ...factSection(id), ...resultSection(entity), ...paperSection(entity));
}

function showEdge(id) {
  const edge = data.edges[id];
  const { support, statements } = data.facts[id];
  const rest = support - statements.length;
  const more = rest > 0 ? make('p', { class: 'cited' }, `and ${counted(rest, 'more paper', 'more papers')}`) : null;
  const [phrase] = data.words[edge.relation];
  fill([goTo(edge.from), ` — ${phrase} → `, goTo(edge.to)],
    make('p', {}, make('small', {}, `stated by ${counted(support, 'paper', 'papers')}`)),
    make('ul', {}, ...statements.map((statement) => make('li', {}, ...quotes(statement)))), more);
}

// What to begin with: the most important entities of each type.
function beginnings() {
  const lists = boxes.filter((box) => box.name === 'type').map(({ value }) => {
    const ids = data.nodes.map((node) => node.id).filter((id) => entityOf(id).type === value).slice(0, 4);
    return make('li', {}, kindOf(entityOf(ids[0])), make('ul', {}, ...ids.map((id) => make('li', {}, goTo(id)))));
  });
  return make('ul', { class: 'beginnings' }, ...lists);
}

function showHint() {
  panel.classList.remove('open');
  panel.replaceChildren(
    make('p', {}, 'Choose an entity or a relation in the graph to see the papers and sentences behind it.'), beginnings());
}
