import { StringDecoder } from 'node:string_decoder';
import { SaxesParser } from 'saxes';

/** Handlers get local names: some programs write prefixes. */
interface Handlers {
  open(name: string, attributes: Readonly<Record<string, string>>): void;
  close?(name: string): void;
  text?(text: string): void;
}

/** Parses XML as its bytes come, and gives a sign after each piece; a part that is not there has none. @throws Error where it is not well formed */
export async function* parsed(bytes: AsyncIterable<Uint8Array>, { open, close, text }: Handlers): AsyncGenerator<void> {
  const parser = new SaxesParser({ xmlns: false, position: false });
  let failed: Error | undefined;
  parser.on('error', (error) => {
    failed ??= error;
  });
  parser.on('opentag', ({ name, attributes }) => open(localName(name), attributes as Record<string, string>));
  if (close !== undefined) parser.on('closetag', ({ name }) => close(localName(name)));
  if (text !== undefined) {
    parser.on('text', text);
    parser.on('cdata', text);
  }
  const decoder = new StringDecoder('utf8');
  let isThere = false;
  for await (const part of bytes) {
    isThere = true;
    parser.write(decoder.write(part as Buffer));
    if (failed !== undefined) throw failed;
    yield;
  }
  if (!isThere) return;
  parser.write(decoder.end()).close();
  if (failed !== undefined) throw failed;
}

export async function parseAll(bytes: AsyncIterable<Uint8Array>, handlers: Handlers): Promise<void> {
  for await (const _ of parsed(bytes, handlers));
}

function localName(name: string): string {
  const colon = name.indexOf(':');
  return colon === -1 ? name : name.slice(colon + 1);
}

/** Excel writes letters that XML lacks as `_x000D_`. */
export function plainText(text: string): string {
  if (!text.includes('_x')) return text;
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}

/** Texts by number, as UTF-8 in one piece of memory: a million of them as strings would need several times as much. */
export function textList() {
  let bytes = Buffer.alloc(64 * 1024);
  let ends = new Uint32Array(1_024);
  let count = 0;
  let size = 0;
  return {
    size: () => size,
    add(text: string): void {
      const length = Buffer.byteLength(text);
      if (size + length > bytes.length) {
        const larger = Buffer.alloc(Math.max(bytes.length * 2, size + length));
        bytes.copy(larger, 0, 0, size);
        bytes = larger;
      }
      if (count === ends.length) {
        const larger = new Uint32Array(ends.length * 2);
        larger.set(ends);
        ends = larger;
      }
      bytes.write(text, size);
      size += length;
      ends[count] = size;
      count += 1;
    },
    at(index: number): string {
      if (!(index >= 0 && index < count)) return '';
      return bytes.toString('utf8', index === 0 ? 0 : ends[index - 1], ends[index]);
    },
  };
}

export type TextList = ReturnType<typeof textList>;
