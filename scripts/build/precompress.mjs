import { readFile, writeFile } from "node:fs/promises";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import { listFiles } from "../system/stamp.mjs";

const compressBrotli = promisify(brotliCompress);
const compressGzip = promisify(gzip);

/** Kinds of files that shrink; fonts and images are compressed already. */
const SHRINKING = /\.(css|html|js|json|svg|txt|webmanifest)$/;

/** Below this a packet is a packet. */
const LEAST_BYTES = 1000;

/**
 * Writes `.br` and `.gz` beside each file of a built page that shrinks by it. The media server hands
 * them out as they are, so the slowest and best compression costs no request anything.
 *
 * @param {string} folder
 */
export async function precompress(folder) {
  const files = (await listFiles([folder])).filter((file) => SHRINKING.test(file));
  await Promise.all(
    files.map(async (file) => {
      const plain = await readFile(file);
      if (plain.length < LEAST_BYTES) return;
      const quality = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY };
      const size = { [constants.BROTLI_PARAM_SIZE_HINT]: plain.length };
      const [brotli, gzipped] = await Promise.all([
        compressBrotli(plain, { params: { ...quality, ...size } }),
        compressGzip(plain, { level: constants.Z_BEST_COMPRESSION }),
      ]);
      if (brotli.length < plain.length) await writeFile(`${file}.br`, brotli);
      if (gzipped.length < plain.length) await writeFile(`${file}.gz`, gzipped);
    }),
  );
}
