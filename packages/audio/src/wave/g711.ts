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

/** Encodes 16-bit samples, each as the code whose value is nearest. */
export function encodeALaw(samples: Int16Array): Uint8Array {
  return Uint8Array.from(samples, nearestCode(aLaw));
}

/** Encodes 16-bit samples, each as the code whose value is nearest. */
export function encodeMuLaw(samples: Int16Array): Uint8Array {
  return Uint8Array.from(samples, nearestCode(muLaw));
}

const nearest = new Map<Readonly<Int16Array>, Uint8Array>();

/** Codes by sample, found once for each table: 64 KiB. */
function nearestCode(table: Readonly<Int16Array>): (sample: number) => number {
  const codes = nearest.get(table) ?? codesBySample(table);
  nearest.set(table, codes);
  return (sample) => codes[sample + 0x8000] ?? 0;
}

function codesBySample(table: Readonly<Int16Array>): Uint8Array {
  const levels = Array.from(table, (value, code) => ({ value, code }));
  levels.sort((one, other) => one.value - other.value);
  const codes = new Uint8Array(0x10000);
  let at = 0;
  for (let index = 0; index < codes.length; index++) {
    const sample = index - 0x8000;
    for (; at + 1 < levels.length; at++) {
      const [here, next] = [levels[at]?.value ?? 0, levels[at + 1]?.value ?? 0];
      if (Math.abs(next - sample) > Math.abs(here - sample)) break;
    }
    codes[index] = levels[at]?.code ?? 0;
  }
  return codes;
}
