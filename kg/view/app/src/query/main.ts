/** The query page of `kg serve`: YASGUI for one endpoint, ours, with examples beside it. It asks nobody else anything. */
import Yasgui from '@zazuko/yasgui';
import { byId } from '../explorer/dom.ts';
import '@zazuko/yasgui/build/yasgui.min.css';
import './query.css';

interface Example {
  name: string;
  text: string;
}

/** What kg/serve/pages/querying.py writes into the page. */
interface PageData {
  /** What the IRIs of the graph begin with: the rest of one is its address on this server. */
  base: string;
  examples: Example[];
  prefixes: Record<string, string>;
  classes: string[];
  properties: string[];
}

const place = byId('query');
const data = JSON.parse(byId('query-data').textContent) as PageData;
const endpoint = new URL(place.dataset['endpoint'] ?? '/sparql', document.baseURI).href;

/** Completions from the ontology: YASQE's own ask prefix.cc and lov.linkeddata.es. */
function completeFrom(kind: string, suggestions: string[]): string {
  const name = `paperkg-${kind}`;
  Yasgui.Yasqe.forkAutocompleter(kind, { name, bulk: true, get: () => suggestions });
  return name;
}

const prefixes = Object.entries(data.prefixes).map(([prefix, start]) => `${prefix}: <${start}>`);
const autocompleters = [
  'variables',
  completeFrom('prefixes', prefixes),
  completeFrom('class', data.classes),
  completeFrom('property', data.properties),
];

const first = data.examples.find(({ name }) => name === 'most-used');
Yasgui.Yasqe.defaults.value = first?.text ?? 'SELECT * { ?s ?p ?o } LIMIT 10';

const yasgui = new Yasgui(place, {
  autofocus: true,
  requestConfig: { endpoint },
  copyEndpointOnNewTab: true,
  endpointCatalogueOptions: { getData: () => [] },
  // a link may bring a query, but no other place to send it to
  populateFromUrl: (linked) => ({ ...linked, requestConfig: { ...linked.requestConfig, endpoint } }),
  persistenceId: 'paperkg',
  yasqe: { autocompleters },
  yasr: { prefixes: data.prefixes },
});

for (const button of document.querySelectorAll<HTMLButtonElement>('[data-example]')) {
  button.addEventListener('click', () => {
    const example = data.examples.find(({ name }) => name === button.dataset['example']);
    if (!example) return;
    const tab = yasgui.addTab(
      true,
      { name: example.name, yasqe: { value: example.text } },
      { avoidDuplicateTabs: true },
    );
    tab.setQuery(example.text);
    void tab.query();
  });
}

place.addEventListener(
  'click',
  (event) => {
    const link = event.target instanceof Element ? event.target.closest('a') : null;
    if (link?.href.startsWith(data.base)) link.href = `/${link.href.slice(data.base.length)}`;
  },
  true,
);
