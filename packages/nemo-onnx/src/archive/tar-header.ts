import { ModelError } from "../errors";

/** Bytes of a tar block, the unit that headers and contents are padded to. */
export const tarBlock = 512;

/** The fields of a header block that are used here. */
export type TarHeader = {
  path: string;
  /** Bytes of the member's content, which follows the header. */
  size: number;
  /**
   * The type flag: `0` file, `5` folder, `x` and `g` pax records, `L` GNU long name, and others.
   */
  type: string;
};

const magicPosix = "ustar\0";
const checksumField = { start: 148, end: 156 };

/**
 * Parses a header block (POSIX ustar, pax and GNU).
 *
 * @param where the archive and the block's position, for error messages
 * @returns undefined for a block of zeros, which marks the end of an archive
 * @throws ModelError `malformed` for a wrong checksum, `refused` for an impossible size
 */
export function parseTarHeader(block: Uint8Array, where: string): TarHeader | undefined {
  if (block.every((byte) => byte === 0)) return undefined;
  const checksum = parseNumber(block, checksumField.start, checksumField.end, where);
  if (checksum !== sumBytes(block)) {
    throw new ModelError("malformed", `${where}: not a tar header: wrong checksum`);
  }
  const name = parseText(block, 0, 100);
  // GNU tar's own format has other fields where POSIX has the path prefix.
  const isPosix = Buffer.from(block.subarray(257, 263)).toString("latin1") === magicPosix;
  const prefix = isPosix ? parseText(block, 345, 500) : "";
  return {
    path: prefix === "" ? name : `${prefix}/${name}`,
    size: parseNumber(block, 124, 136, where),
    type: String.fromCharCode(block[156] ?? 0).replace("\0", "0"),
  };
}

/** The text up to the first zero byte. */
export function parseText(bytes: Uint8Array, start: number, end: number): string {
  const field = bytes.subarray(start, end);
  const zero = field.indexOf(0);
  return Buffer.from(zero < 0 ? field : field.subarray(0, zero)).toString("utf8");
}

/** Octal digits, or GNU's base 256 when the first bit is set. */
function parseNumber(block: Uint8Array, start: number, end: number, where: string): number {
  const field = block.subarray(start, end);
  const first = field[0] ?? 0;
  if (first < 0x80) {
    const digits = Buffer.from(field).toString("latin1").replaceAll("\0", " ").trim();
    if (!/^[0-7]*$/.test(digits)) {
      throw new ModelError(
        "malformed",
        `${where}: ${JSON.stringify(digits)} is not an octal number`,
      );
    }
    return digits === "" ? 0 : parseInt(digits, 8);
  }
  const magnitude = field.reduce(
    (value, byte, index) => value * 256 + (index === 0 ? byte & 0x7f : byte),
    0,
  );
  // The second bit is the sign of a base-256 number.
  if ((first & 0x40) !== 0 || !Number.isSafeInteger(magnitude)) {
    throw new ModelError("refused", `${where}: impossible number in a tar header`);
  }
  return magnitude;
}

/**
 * Checksum of a header: the sum of all bytes, with those of the checksum field counted as spaces.
 */
function sumBytes(block: Uint8Array): number {
  return block.reduce((sum, byte, index) => {
    const isChecksum = index >= checksumField.start && index < checksumField.end;
    return sum + (isChecksum ? 0x20 : byte);
  }, 0);
}
