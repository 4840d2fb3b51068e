import fc, { type Arbitrary } from "fast-check";

/** Numbers at which readers of lengths and offsets go wrong. */
const edges = [
  0,
  1,
  2,
  7,
  8,
  127,
  128,
  255,
  256,
  32_767,
  65_535,
  2 ** 31 - 1,
  2 ** 31,
  2 ** 32 - 1,
];

type Mutation = (bytes: Buffer) => Buffer;

/** A place in bytes of any length: the same fraction of each. */
const place = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const at = (bytes: Uint8Array, fraction: number) => Math.floor(bytes.length * fraction);

const mutation: Arbitrary<Mutation> = fc.oneof(
  fc.tuple(place, fc.nat(255)).map(([where, value]): Mutation => (bytes) => {
    const changed = Buffer.from(bytes);
    if (changed.length > 0) changed[at(bytes, where)] = value;
    return changed;
  }),
  fc
    .tuple(place, fc.constantFrom(...edges), fc.constantFrom(2, 4), fc.boolean())
    .map(([where, value, size, isBig]): Mutation => (bytes) => {
      const changed = Buffer.from(bytes);
      const start = at(bytes, where);
      if (start + size > changed.length) return changed;
      const kept = value % 2 ** (8 * size);
      if (isBig) changed.writeUIntBE(kept, start, size);
      else changed.writeUIntLE(kept, start, size);
      return changed;
    }),
  place.map(
    (where): Mutation =>
      (bytes) =>
        bytes.subarray(0, at(bytes, where)),
  ),
  fc.tuple(place, place).map(([first, second]): Mutation => (bytes) => {
    const [from, to] = [at(bytes, Math.min(first, second)), at(bytes, Math.max(first, second))];
    return Buffer.concat([bytes.subarray(0, to), bytes.subarray(from)]);
  }),
  fc.tuple(place, place).map(([first, second]): Mutation => (bytes) => {
    const [from, to] = [at(bytes, Math.min(first, second)), at(bytes, Math.max(first, second))];
    return Buffer.concat([bytes.subarray(0, from), bytes.subarray(to)]);
  }),
  fc.tuple(place, fc.uint8Array({ maxLength: 12 })).map(([where, more]): Mutation => (bytes) => {
    const start = at(bytes, where);
    return Buffer.concat([bytes.subarray(0, start), more, bytes.subarray(start)]);
  }),
);

/** Longest input: a few doublings of a seed. */
const maxBytes = 65_536;

/** Well-formed bytes with up to six faults, and now and then bytes without any form. */
export function mutatedBytes(...seeds: readonly Uint8Array[]): Arbitrary<Uint8Array> {
  const mutated = fc
    .tuple(fc.constantFrom(...seeds), fc.array(mutation, { maxLength: 6 }))
    .map(([seed, mutations]) => {
      const bytes = mutations.reduce<Buffer>((before, change) => change(before), Buffer.from(seed));
      return Uint8Array.from(bytes.subarray(0, maxBytes));
    });
  return fc.oneof({ weight: 9, arbitrary: mutated }, fc.uint8Array({ maxLength: 200 }));
}

/** The same for texts; faults may break their encoding. */
export function mutatedText(...seeds: readonly string[]): Arbitrary<Uint8Array> {
  return mutatedBytes(...seeds.map((seed) => new TextEncoder().encode(seed)));
}
