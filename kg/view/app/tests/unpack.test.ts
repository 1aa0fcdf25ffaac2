import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deflateRawSync } from 'node:zlib';
import { unpack } from '../src/model/unpack.ts';

const pack = (told: unknown): string => deflateRawSync(JSON.stringify(told)).toString('base64');

test('a block is unpacked as it was packed', async () => {
  const told = { version: 1, texts: ['</script> ä 🧪', 'x'.repeat(100)] };
  assert.deepEqual(await unpack(`\n${pack(told)}\n`), told);
});

test('a large block goes in slices, and says how far it is', async () => {
  const told = Array.from({ length: 90_000 }, (_, at) => (at * 2_654_435_761) % 4_294_967_296);
  const shares: number[] = [];
  assert.deepEqual(await unpack(pack(told), (share) => shares.push(share)), told);
  assert.ok(shares.length > 1);
  assert.equal(shares.at(-1), 1);
});

test('a broken block is an error', async () => {
  await assert.rejects(unpack(pack({ version: 1 }).slice(0, 12)));
  await assert.rejects(unpack(''));
});
