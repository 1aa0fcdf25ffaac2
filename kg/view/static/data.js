'use strict';

// What the page was built with, and small readers of it. Node ids are numbers: places in `data.entities`.
const data = JSON.parse(document.getElementById('data').textContent);
const view = { node: null, edge: null, hovered: null, off: new Set() };
const numberFormat = new Intl.NumberFormat('en');
const edgesOf = data.nodes.map(() => []);
data.edges.forEach((edge) => new Set([edge.from, edge.to]).forEach((end) => edgesOf[end].push(edge)));
const numberOf = new Map(data.entities.map((entity, id) => [entity.iri, id]));

const byId = (id) => document.getElementById(id);
const entityOf = (id) => data.entities[id];
const otherEnd = (edge, id) => (edge.from === id ? edge.to : edge.from);
const counted = (count, one, many) => `${numberFormat.format(count)} ${count === 1 ? one : many}`;

// Makes an element. Children that are strings become text, never markup.
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== null));
  return element;
}

// A link only to the web; anything else stays text. <bdi> keeps a title's writing direction to itself.
function link(url, text) {
  if (!/^https?:\/\//i.test(url ?? '')) return make('bdi', {}, text);
  return make('a', { href: url, target: '_blank', rel: 'noopener noreferrer' }, make('bdi', {}, text));
}

function isShown(id) {
  return !view.off.has(entityOf(id).type);
}

function isEdgeShown(edge) {
  return !view.off.has(edge.relation) && isShown(edge.from) && isShown(edge.to);
}

// The nodes and edges that the selection is about, or null when nothing is selected.
function focused() {
  if (view.node !== null) {
    const edges = edgesOf[view.node].filter(isEdgeShown);
    return { nodes: new Set([view.node, ...edges.map((edge) => otherEnd(edge, view.node))]), edges: new Set(edges) };
  }
  if (view.edge === null) return null;
  const edge = data.edges[view.edge];
  return { nodes: new Set([edge.from, edge.to]), edges: new Set([edge]) };
}
