/** Reads a packed block of the page without holding the browser up: base64 and deflate go slice by slice. */

const SLICE = 4 * 65_536; // characters; a multiple of four, so that each slice is base64 by itself

/** Lets the browser draw and answer before going on. */
export function breathe(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}

/**
 * Unpacks base64 of deflate-raw JSON.
 *
 * @param packed - The text of a block; white space around it does not matter.
 * @param progress - Told the share that is done, 0 to 1.
 */
export async function unpack<T>(packed: string, progress: (share: number) => void = () => undefined): Promise<T> {
  const text = packed.trim();
  const inflate = new DecompressionStream('deflate-raw');
  const told = new Response(inflate.readable).text();
  const writer = inflate.writable.getWriter();
  try {
    for (let at = 0; at < text.length; at += SLICE) {
      await writer.write(bytesOf(text.slice(at, at + SLICE)));
      progress(Math.min(1, (at + SLICE) / text.length));
      await breathe();
    }
    await writer.close();
  } catch {
    // the reader fails with the better message
  }
  return JSON.parse(await told) as T;
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  const chars = atob(base64);
  const bytes = new Uint8Array(chars.length);
  for (let at = 0; at < chars.length; at += 1) bytes[at] = chars.charCodeAt(at);
  return bytes;
}
