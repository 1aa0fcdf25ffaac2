import './explorer.css';
import { readPayload } from '../data.ts';

async function start(): Promise<void> {
  const { meta } = await readPayload(document);
  document.getElementById('status')!.textContent = `${meta.nodes} of ${meta.of_nodes} entities`;
}

void start();
