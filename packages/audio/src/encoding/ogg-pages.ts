const headBytes = 27;
/** Entries of a page's segment table; a packet takes one for each 255 bytes, and one more. */
const maxSegments = 255;
const flags = { first: 2, last: 4 } as const;

const crcTable = Uint32Array.from({ length: 256 }, (_, byte) => {
  let remainder = byte << 24;
  for (let bit = 0; bit < 8; bit++) {
    remainder = (remainder << 1) ^ (remainder & 0x80_00_00_00 ? 0x04_c1_1d_b7 : 0);
  }
  return remainder >>> 0;
});

/** Puts the packets of one logical stream onto Ogg pages (RFC 3533), whole packets on each. */
export class OggPages {
  readonly #serial: number;
  #sequence = 0;

  /** @param serial identifies a stream within its file; any 32-bit number */
  constructor(serial: number) {
    this.#serial = serial >>> 0;
  }

  /**
   * @param packets at most 255 segments together, about 60 kB
   * @param granule the stream's position after the packets, in the codec's own units
   */
  page(packets: readonly Uint8Array[], granule: number, isLast = false): Uint8Array {
    const table = packets.flatMap(({ length }) => [
      ...Array.from({ length: Math.floor(length / 255) }, () => 255),
      length % 255,
    ]);
    if (table.length > maxSegments) throw new TypeError(`${table.length} segments on one page`);
    const page = Buffer.concat([Buffer.alloc(headBytes), Buffer.from(table), ...packets]);
    page.write("OggS", "latin1");
    page.writeUInt8((this.#sequence === 0 ? flags.first : 0) | (isLast ? flags.last : 0), 5);
    page.writeBigUInt64LE(BigInt(granule), 6);
    page.writeUInt32LE(this.#serial, 14);
    page.writeUInt32LE(this.#sequence++, 18);
    page.writeUInt8(table.length, 26);
    page.writeUInt32LE(checksum(page), 22);
    return page;
  }
}

function checksum(bytes: Uint8Array): number {
  let remainder = 0;
  for (const byte of bytes) {
    remainder = (remainder << 8) ^ (crcTable[(remainder >>> 24) ^ byte] ?? 0);
  }
  return remainder >>> 0;
}
