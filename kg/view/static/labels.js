'use strict';

// Labels in one size on the screen at any zoom, the important first, none over another: what does not fit waits for a nearer look.
const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif';
const ROOM_A_LABEL = 55;
const MOST_EDGE_LABELS = 14;
const widths = new Map();

function widthOf(context, text, weight) {
  const key = `${weight} ${text}`;
  if (!widths.has(key)) {
    context.font = `${weight} 100px ${FONT}`;
    widths.set(key, context.measureText(text).width / 100);
  }
  return widths.get(key);
}

const meet = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
const inside = (a, b) => a.left >= b.left && a.right <= b.right && a.top >= b.top && a.bottom <= b.bottom;
const around = (x, y, w, h) => ({ left: x - w / 2, right: x + w / 2, top: y - h / 2, bottom: y + h / 2, x, y });

function drawText(context, box, text, { size, weight, colour }) {
  context.font = `${weight} ${size}px ${FONT}`;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.lineJoin = 'round';
  context.lineWidth = size * 0.28;
  context.strokeStyle = colours.paper;
  context.strokeText(text, box.x, box.y);
  context.fillStyle = colour;
  context.fillText(text, box.x, box.y);
}

// Below the node, above it, right of it, left of it: the first place that is free.
function placesFor(node, at, width, height) {
  const away = node.size + height * 0.62;
  const aside = node.size + width / 2 + height * 0.25;
  const spots = [[0, away], [0, -away], [aside, 0], [-aside, 0]];
  return spots.map(([dx, dy]) => around(at.x + dx, at.y + dy, width, height));
}

function inOrder(focus) {
  const first = [view.node, view.hovered].filter((id) => id !== null);
  const rest = data.nodes.map((node) => node.id).filter((id) => focus === null || focus.nodes.has(id));
  return [...new Set([...first, ...rest])].filter(isShown);
}

// The first spot that is free of labels and nodes; the important and the selected may cover nodes; `must` takes any.
function chooseSpot(spots, id, taken, bodies, { may, must }) {
  const clear = (box) => !taken.some((other) => meet(box, other));
  const bare = (box) => !bodies.some((body) => body.id !== id && meet(box, body));
  return spots.find((box) => clear(box) && bare(box)) ?? (may ? spots.find(clear) : undefined) ?? (must ? spots[0] : undefined);
}

function drawNodeLabel(context, frame, id, taken, bodies, rights) {
  const node = data.nodes[id];
  const weight = node.size > 16 ? 600 : 400;
  const size = (11 + Math.min(5, (node.size - 6) / 4)) / frame.scale;
  const spots = placesFor(node, frame.at[id], widthOf(context, node.label, weight) * size, size * 1.15);
  const box = chooseSpot(spots.filter((one) => rights.must || inside(one, frame.seen)), id, taken, bodies, rights);
  if (box === undefined) return;
  taken.push(box);
  drawText(context, box, node.label, { size, weight, colour: colours.ink });
}

function drawNodeLabels(context, frame, focus, taken) {
  const ids = inOrder(focus);
  const bodies = ids.map((id) => bodyOf(data.nodes[id], frame));
  ids.forEach((id, rank) => {
    const must = id === view.node || id === view.hovered;
    drawNodeLabel(context, frame, id, taken, bodies, { may: must || focus !== null || rank < drawing.clientWidth / ROOM_A_LABEL, must });
  });
}

function bodyOf(node, frame) {
  const { x, y } = frame.at[node.id];
  return { id: node.id, ...around(x, y, node.size * 1.7, node.size * 1.7) };
}

// Names the relations of what is selected, where there are few enough to read.
function drawEdgeLabels(context, frame, focus, taken) {
  if (focus === null || focus.edges.size > MOST_EDGE_LABELS) return;
  const size = 11 / frame.scale;
  for (const edge of focus.edges) {
    const text = data.words[edge.relation][0];
    const middle = network.body.edges[edge.id].edgeType.getPoint(0.5);
    const box = around(middle.x, middle.y, widthOf(context, text, 400) * size, size * 1.15);
    if (taken.some((other) => meet(box, other))) continue;
    taken.push(box);
    drawText(context, box, text, { size, weight: 400, colour: colours[FAMILY[edge.relation]] });
  }
}

function drawLabels(context) {
  const focus = focused();
  const from = network.DOMtoCanvas({ x: 0, y: 0 });
  const to = network.DOMtoCanvas({ x: drawing.clientWidth, y: drawing.clientHeight });
  const seen = { left: from.x, right: to.x, top: from.y, bottom: to.y };
  const frame = { at: network.getPositions(), scale: network.getScale(), seen };
  const taken = [];
  drawNodeLabels(context, frame, focus, taken);
  drawEdgeLabels(context, frame, focus, taken);
}
