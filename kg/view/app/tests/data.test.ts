import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deflateRawSync } from 'node:zlib';
import { readPayload } from '../src/data.ts';

test('a payload is unpacked as it was packed', async () => {
  const told = { version: 1, texts: ['</script> ä 🧪'] };
  const packed = deflateRawSync(JSON.stringify(told)).toString('base64');
  const page = { getElementById: () => ({ textContent: `\n${packed}\n` }) } as unknown as Document;
  assert.deepEqual(await readPayload(page), told);
});
