/**
 * Decoding tables of ITU-T G.711 (11/1988), on the scale of 16 bits: a code is the index. A-law has
 * 13 significant bits and µ-law 14, so their values are shifted up by 3 and 2.
 */

/** Table 1a: even bits are inverted, the sign bit set means positive. */
export const aLaw: Readonly<Int16Array> = Int16Array.from({ length: 256 }, (_, code) => {
  const bits = code ^ 0x55;
  const segment = (bits >> 4) & 7;
  const step = ((bits & 15) << 4) + 8;
  const magnitude = segment === 0 ? step : (step + 256) << (segment - 1);
  return (bits & 0x80) === 0 ? -magnitude : magnitude;
});

/** Table 2a: all bits are inverted, the sign bit set means negative. */
export const muLaw: Readonly<Int16Array> = Int16Array.from({ length: 256 }, (_, code) => {
  const bits = ~code & 0xff;
  const bias = 0x84;
  const magnitude = ((((bits & 15) << 3) + bias) << ((bits >> 4) & 7)) - bias;
  return (bits & 0x80) === 0 ? magnitude : -magnitude;
});
