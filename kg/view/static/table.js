'use strict';

// The same entities as a table: for a keyboard, a screen reader, and whoever likes lists.
const list = byId('list');
const listButton = byId('list-button');

function row(entity, id) {
  const open = () => { setListOpen(false); showType(entity.type); selectNode(id, { move: true, focus: true }); };
  const name = make('button', { type: 'button', class: 'go', onclick: open }, make('bdi', {}, entity.name));
  return make('tr', { 'data-type': entity.type }, make('td', {}, name), make('td', {}, kindOf(entity)),
    make('td', { 'data-number': '' }, numberFormat.format(entity.of)), make('td', { 'data-number': '' }, numberFormat.format(entity.degree)));
}

function buildList() {
  const head = make('tr', {}, make('th', { scope: 'col' }, 'Name'), make('th', { scope: 'col' }, 'Type'),
    make('th', { scope: 'col', 'data-number': '' }, 'Papers'), make('th', { scope: 'col', 'data-number': '' }, 'Facts'));
  const caption = make('caption', {}, 'The entities of this page, the most important first. A name opens its papers and facts.');
  list.append(make('table', {}, caption, make('thead', {}, head), make('tbody', {}, ...data.entities.map(row))));
}

function filterList() {
  for (const line of list.querySelectorAll('tbody tr')) line.hidden = view.off.has(line.dataset.type);
}

function setListOpen(open) {
  if (open && !list.firstChild) buildList();
  list.hidden = !open;
  byId('stage').hidden = open;
  listButton.textContent = open ? 'Graph' : 'List';
  listButton.setAttribute('aria-expanded', String(open));
  if (!open) network.redraw();
  filterList();
}

function startList() {
  listButton.addEventListener('click', () => setListOpen(list.hidden));
}
