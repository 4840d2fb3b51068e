/**
 * Decoding table of finite scalar quantisation (Mentzer et al., arXiv:2309.15505). The digits of a
 * code, least significant first, are the levels of its dimensions; each level maps to a value from
 * -1 up to at most 1.
 *
 * @returns [codes, levels.length]
 */
export function quantizerTable(levels: readonly number[]): Float32Array {
  const codes = levels.reduce((product, level) => product * level, 1);
  const table = new Float32Array(codes * levels.length);
  for (let code = 0; code < codes; code++) {
    let rest = code;
    for (const [dimension, level] of levels.entries()) {
      const half = Math.floor(level / 2);
      table[code * levels.length + dimension] = ((rest % level) - half) / half;
      rest = Math.floor(rest / level);
    }
  }
  return table;
}
