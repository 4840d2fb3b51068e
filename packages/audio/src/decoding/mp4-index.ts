/** Bytes of a box's head: a length of 32 bits and a type; a length of 64 bits may follow. */
const headBytes = 8;
const longHeadBytes = 16;

/** Boxes that an MP4, M4A, 3GP or QuickTime file may begin with. */
const firstBoxes = ["ftyp", "moov", "mdat", "wide", "free", "skip", "pnot"];

/**
 * Where a file of the ISO base media format (ISO/IEC 14496-12: M4A, MP4, 3GP, QuickTime) has its
 * index, the `moov` box: most phones write it behind the sound, where a pipe cannot find it in time.
 *
 * @param head the file's beginning
 * @returns null while the head is too short to tell, and "none" for other files
 */
export function placeOfIndex(head: Uint8Array): "before" | "behind" | "none" | null {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  if (head.length < headBytes) return null;
  if (!firstBoxes.includes(typeAt(head, 0))) return "none";
  for (let at = 0; at + headBytes <= head.length;) {
    const type = typeAt(head, at);
    if (type === "moov" || type === "moof") return "before";
    if (type === "mdat") return "behind";
    const isLong = view.getUint32(at) === 1;
    if (isLong && at + longHeadBytes > head.length) return null;
    const length = isLong ? Number(view.getBigUint64(at + headBytes)) : view.getUint32(at);
    if (length < headBytes) return "none";
    at += length;
  }
  return null;
}

function typeAt(bytes: Uint8Array, at: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + at + 4, 4).toString("latin1");
}
