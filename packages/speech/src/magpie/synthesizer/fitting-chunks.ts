import type { MagpieText, MagpieTextChunk } from "../text/magpie-text";

/**
 * A text's chunks, cut further where one is longer than the model can read: between words, else
 * anywhere.
 *
 * @param longest ids of a chunk, the end id included
 */
export function fittingChunks(
  text: string,
  {
    front,
    language,
    longest,
  }: { front: Pick<MagpieText, "chunks">; language: string; longest: number },
): MagpieTextChunk[] {
  return front.chunks(text, language).flatMap((chunk) => {
    if (chunk.ids.length <= longest || chunk.text.length < 2) return [chunk];
    const middle = Math.floor(chunk.text.length / 2);
    const space = chunk.text.lastIndexOf(" ", middle);
    const cut = space > 0 ? space : middle;
    return [chunk.text.slice(0, cut), chunk.text.slice(cut)].flatMap((half) =>
      fittingChunks(half, { front, language, longest }),
    );
  });
}
