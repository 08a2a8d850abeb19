/** Remembers keys by 53 bits each: those of a million records fit into 16 MB. */
export interface KeySet {
  /** False if the key, or one with the same 53 bits, is there already. */
  add(key: string): boolean;
  has(key: string): boolean;
  /** As `add`, for the print of something else. */
  addPrint(print: number): boolean;
}

/** An open table of numbers, since a Set of a million numbers needs five times as much. */
export function keySet(): KeySet {
  let slots = new Float64Array(1_024);
  let size = 0;

  function slotOf(print: number, among: Float64Array): number {
    const mask = among.length - 1;
    // Zero marks an empty slot, and no print is zero. The low bits are the rest of a division, and cost a fraction of it.
    let at = print & mask;
    while (among[at] !== 0 && among[at] !== print) at = (at + 1) & mask;
    return at;
  }

  function grow(): void {
    const larger = new Float64Array(slots.length * 2);
    for (const print of slots) if (print !== 0) larger[slotOf(print, larger)] = print;
    // Given back at once: the collector comes late to what lies outside its heap, and all former tables together are as large as this one.
    slots.buffer.transfer(0);
    slots = larger;
  }

  function addPrint(print: number): boolean {
    const at = slotOf(print, slots);
    if (slots[at] === print) return false;
    slots[at] = print;
    size += 1;
    if (size * 2 > slots.length) grow();
    return true;
  }

  return {
    addPrint,
    add: (key) => addPrint(fingerprint(key)),
    has: (key) => slots[slotOf(fingerprint(key), slots)] !== 0,
  };
}

/** From 1 up (cyrb53). */
function fingerprint(key: string): number {
  let a = 0xdeadbeef;
  let b = 0x41c6ce57;
  for (let at = 0; at < key.length; at += 1) {
    const code = key.charCodeAt(at);
    a = Math.imul(a ^ code, 2_654_435_761);
    b = Math.imul(b ^ code, 1_597_334_677);
  }
  a = Math.imul(a ^ (a >>> 16), 2_246_822_507) ^ Math.imul(b ^ (b >>> 13), 3_266_489_909);
  b = Math.imul(b ^ (b >>> 16), 2_246_822_507) ^ Math.imul(a ^ (a >>> 13), 3_266_489_909);
  return 1_048_576 * (b >>> 0) + (a >>> 12) + 1;
}
