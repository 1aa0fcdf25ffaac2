import Yasgui from '@zazuko/yasgui';
import { byId } from '../explorer/dom.ts';
import '@zazuko/yasgui/build/yasgui.min.css';

const place = byId('query');
const endpoint = new URL(place.dataset['endpoint'] ?? 'sparql', document.baseURI).href;

new Yasgui(place, {
  requestConfig: { endpoint },
  yasqe: { autocompleters: ['variables'] }, // the others ask prefix.cc and lov.linkeddata.es
});
