'use strict';

// The network itself, and what clicks, keys and the theme do to it.
const drawing = byId('graph');
const calm = matchMedia('(prefers-reduced-motion: reduce)');
// Positions are made for a screen that is wider than high; on one that is not, the drawing lies on its side.
const upright = drawing.clientHeight > drawing.clientWidth;
const placed = ({ label, x, y, ...node }) => ({ ...node, x: upright ? y : x, y: upright ? x : y });
const visNodes = new vis.DataSet(data.nodes.map(placed));
const visEdges = new vis.DataSet(data.edges.map((edge) => ({ ...edge })));
const network = new vis.Network(drawing, { nodes: visNodes, edges: visEdges }, data.options);
const ZOOMS = { in: 1.4, out: 1 / 1.4 };
const animation = () => (calm.matches ? false : { duration: 300, easingFunction: 'easeInOutQuad' });

function afterSelection(focus) {
  restyle();
  if (focus) panel.querySelector('h2')?.focus();
}

function selectNode(id, { move = false, focus = false } = {}) {
  Object.assign(view, { node: id, edge: null });
  network.selectNodes([id], false);
  showNode(id);
  afterSelection(focus);
  if (move) network.focus(id, { scale: Math.max(network.getScale(), 0.75), animation: animation() });
}

function selectEdge(id, { focus = false } = {}) {
  Object.assign(view, { node: null, edge: id });
  network.setSelection({ nodes: [], edges: [id] });
  showEdge(id);
  afterSelection(focus);
}

function clearSelection() {
  if (panel.contains(document.activeElement)) drawing.querySelector('.vis-network').focus({ preventScroll: true });
  Object.assign(view, { node: null, edge: null });
  network.unselectAll();
  showHint();
  restyle();
}

function onClick({ nodes, edges }) {
  if (nodes.length) selectNode(nodes[0]);
  else if (edges.length) selectEdge(edges[0]);
  else clearSelection();
}

function zoom(event) {
  const how = event.currentTarget.dataset.zoom;
  if (how === 'fit') network.fit({ animation: animation() });
  else network.moveTo({ scale: network.getScale() * ZOOMS[how], animation: animation() });
}

function hover(id) {
  view.hovered = id;
  drawing.style.cursor = id === null ? 'default' : 'pointer';
}

function startKeys() {
  const frame = drawing.querySelector('.vis-network');
  frame.setAttribute('role', 'application');
  frame.setAttribute('aria-label', 'Drawing of the graph: arrow keys move it, + and − zoom. The list has the same entities.');
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && event.target !== searchBox) clearSelection();
  });
}

function start() {
  readColours();
  network.on('afterDrawing', drawLabels);
  network.on('click', onClick);
  network.on('hoverNode', ({ node }) => hover(node));
  network.on('blurNode', () => hover(null));
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => { readColours(); restyle(); });
  document.querySelectorAll('#zoom button').forEach((button) => button.addEventListener('click', zoom));
  startSearch();
  startLegend();
  startList();
  startKeys();
  showHint();
  restyle();
  network.fit({ animation: false });
  if (data.centre !== null) selectNode(data.centre);
}

start();
