import { Readable } from "node:stream";

/** Characters of a piece: small beside what a client must take of an answer, see `demandReading`. */
const pieceCharacters = 16_000;

/**
 * A long text as a stream that is made while the client reads: what waits for a client is a few
 * pieces. Parts are joined until they make one.
 */
export function inPieces(parts: Iterable<string>): Readable {
  return Readable.from(joined(parts));
}

function* joined(parts: Iterable<string>): Generator<string> {
  let piece = "";
  for (const part of parts) {
    piece += part;
    if (piece.length < pieceCharacters) continue;
    yield piece;
    piece = "";
  }
  if (piece !== "") yield piece;
}

/** The parts of an object's JSON, one for each item of a long list in it. */
export function* jsonParts<Name extends string>(
  fields: Readonly<Record<string, unknown>>,
  name: Name,
  items: Iterable<unknown>,
): Generator<string> {
  yield `${JSON.stringify(fields).slice(0, -1)},${JSON.stringify(name)}:[`;
  let isFirst = true;
  for (const item of items) {
    yield `${isFirst ? "" : ","}${JSON.stringify(item)}`;
    isFirst = false;
  }
  yield "]}";
}
