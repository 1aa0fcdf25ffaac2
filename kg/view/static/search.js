'use strict';

// Search as a combobox: names before aliases, beginnings before middles, the important first among equals.
const searchBox = byId('search');
const hits = byId('hits');
const MOST_HITS = 12;
const fold = (text) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
const entries = data.entities.flatMap((entity, id) =>
  [entity.name, ...entity.aliases].map((text, place) => ({ id, text, folded: fold(text), alias: place > 0 })));
let active = -1;

function rankOf(entry, wanted) {
  const place = entry.folded.indexOf(wanted);
  if (place < 0) return null;
  const how = entry.folded === wanted ? 0 : place === 0 ? 1 : /[^\p{L}\p{N}]/u.test(entry.folded[place - 1]) ? 2 : 3;
  return how * 2 + (entry.alias ? 1 : 0);
}

function findEntities(text) {
  const wanted = fold(text.trim());
  if (!wanted) return [];
  const best = new Map();
  for (const entry of entries) {
    const rank = rankOf(entry, wanted);
    if (rank !== null && rank < (best.get(entry.id)?.rank ?? Infinity)) best.set(entry.id, { ...entry, rank });
  }
  return [...best.values()].sort((a, b) => a.rank - b.rank || a.id - b.id);
}

function optionOf(hit, place) {
  const entity = entityOf(hit.id);
  const as = hit.alias ? `, as ${hit.text}` : '';
  return make('li', { role: 'option', id: `hit-${place}`, 'aria-selected': 'false', 'data-node': hit.id, onmousedown: (event) => event.preventDefault(),
    onclick: () => take(hit.id) }, make('bdi', {}, entity.name), ' ', make('small', {}, entity.type + as));
}

function setActive(place) {
  const options = [...hits.children];
  active = options.length ? (place + options.length) % options.length : -1;
  options.forEach((option, index) => option.setAttribute('aria-selected', String(index === active)));
  if (active < 0) searchBox.removeAttribute('aria-activedescendant');
  else searchBox.setAttribute('aria-activedescendant', options[active].id);
  options[active]?.scrollIntoView({ block: 'nearest' });
}

function showHits() {
  const found = findEntities(searchBox.value);
  hits.replaceChildren(...found.slice(0, MOST_HITS).map(optionOf));
  setHitsOpen(found.length > 0);
  setActive(found.length ? 0 : -1);
  byId('found').textContent = searchBox.value.trim() ? (found.length ? counted(found.length, 'entity', 'entities') : 'nothing found on this page') : '';
}

function setHitsOpen(open) {
  hits.hidden = !open;
  searchBox.setAttribute('aria-expanded', String(open));
}

function take(id) {
  setHitsOpen(false);
  searchBox.value = entityOf(id).name;
  showType(entityOf(id).type);
  selectNode(id, { move: true, focus: true });
}

function onSearchKey(event) {
  if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
    event.preventDefault();
    setActive(active + (event.key === 'ArrowDown' ? 1 : -1));
  } else if (event.key === 'Enter' && !hits.hidden && active >= 0) {
    take(Number(hits.children[active].dataset.node));
  } else if (event.key === 'Escape') {
    setHitsOpen(false);
  }
}

function startSearch() {
  searchBox.disabled = false;
  searchBox.addEventListener('input', showHits);
  searchBox.addEventListener('keydown', onSearchKey);
  searchBox.addEventListener('blur', () => setHitsOpen(false));
}
