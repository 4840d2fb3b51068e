import type { MagpieText, MagpieTextChunk } from "../text/magpie-text";

/**
 * The chunks of a text. One that is too long for the model is cut in two, between words if possible,
 * until its parts fit.
 *
 * @param longest limit on a chunk's ids, the end id included
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
