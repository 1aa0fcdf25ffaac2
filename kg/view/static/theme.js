'use strict';

// Colours come from page.css, so that light and dark are decided in one place; vis-network needs them as values.
const FAMILY = {
  usedFor: 'purpose', partOf: 'makeup', variantOf: 'makeup', trainedOn: 'measure', evaluatedOn: 'measure',
  measuredBy: 'measure', benchmarkFor: 'measure', outperforms: 'contest', comparedWith: 'contest',
};
const PLAIN = Math.min(0.9, Math.max(0.5, 300 / data.edges.length));
let colours = {};

function readColours() {
  const style = getComputedStyle(document.documentElement);
  const names = ['paper', 'ink', 'soft', 'accent', ...new Set(Object.values(FAMILY))];
  for (const type of ['task', 'method', 'model', 'dataset', 'metric']) names.push(type, `${type}-edge`);
  colours = Object.fromEntries(names.map((name) => [name, style.getPropertyValue(`--${name}`).trim()]));
}

function nodeLook(node, focus) {
  const type = node.group.toLowerCase();
  const plain = { background: colours[type], border: colours[`${type}-edge`] };
  const strong = { background: colours[type], border: colours.ink };
  const dim = focus !== null && !focus.nodes.has(node.id);
  return { id: node.id, hidden: !isShown(node.id), opacity: dim ? 0.13 : 1, color: { ...plain, highlight: strong, hover: strong } };
}

function edgeLook(edge, focus) {
  const colour = colours[FAMILY[edge.relation]];
  const near = focus !== null && focus.edges.has(edge);
  const opacity = focus === null ? PLAIN : near ? 1 : 0.06;
  return { id: edge.id, hidden: !isEdgeShown(edge), color: { color: colour, highlight: colour, hover: colour, opacity } };
}

// Gives every node and edge the look that the theme, the legend and the selection ask for.
function restyle() {
  const focus = focused();
  visNodes.update(data.nodes.map((node) => nodeLook(node, focus)));
  visEdges.update(data.edges.map((edge) => edgeLook(edge, focus)));
}
