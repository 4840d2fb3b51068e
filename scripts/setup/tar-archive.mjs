const BLOCK = 512;

/**
 * Reads a text field of a tar header, which ends at the first zero byte.
 *
 * @param {Buffer} header
 * @param {number} start
 * @param {number} length
 */
function textField(header, start, length) {
  const field = header.subarray(start, start + length);
  const end = field.indexOf(0);
  return field.subarray(0, end === -1 ? length : end).toString("utf8");
}

/**
 * Reads a number field of a tar header, which is octal text.
 *
 * @param {Buffer} header
 * @param {number} start
 * @param {number} length
 */
function numberField(header, start, length) {
  return Number.parseInt(textField(header, start, length).trim() || "0", 8);
}

/**
 * Checksum of a tar header: the sum of all its bytes, with the checksum field read as spaces.
 *
 * @param {Buffer} header
 */
function checksum(header) {
  let sum = 0;
  for (let i = 0; i < BLOCK; i++) sum += i >= 148 && i < 156 ? 32 : (header[i] ?? 0);
  return sum;
}

/**
 * Extracts one plain file from a tar archive.
 *
 * @param {Buffer} archive The archive, already decompressed.
 * @param {string} fileName The file's name without folders.
 * @returns {Buffer}
 */
export function readFileFromTar(archive, fileName) {
  let position = 0;
  while (position + BLOCK <= archive.length) {
    const header = archive.subarray(position, position + BLOCK);
    if (header.every((byte) => byte === 0)) break;
    const size = numberField(header, 124, 12);
    if (numberField(header, 148, 8) !== checksum(header) || !Number.isInteger(size)) {
      throw new Error("the archive is damaged: a header's checksum is wrong");
    }
    const name = textField(header, 0, 100).split("/").pop();
    const kind = String.fromCharCode(header[156] ?? 0);
    const start = position + BLOCK;
    if (name === fileName && (kind === "0" || kind === "\0")) {
      if (start + size > archive.length)
        throw new Error("the archive ends in the middle of a file");
      return archive.subarray(start, start + size);
    }
    position = start + Math.ceil(size / BLOCK) * BLOCK;
  }
  throw new Error(`the archive holds no file ${fileName}`);
}
