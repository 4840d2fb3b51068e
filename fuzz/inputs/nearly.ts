import fc, { type Arbitrary } from "fast-check";

/** Values where a program expects something else: JSON's, long, deep, and names of JavaScript's own. */
const odd: Arbitrary<unknown> = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom<unknown>("__proto__", "constructor", "\u0000", "\ud800", "\u202e", -0, 1e308, -1),
  fc.constantFrom<unknown>(2 ** 53, "x".repeat(5_000), "é".repeat(300), [], {}, null, "", 0.5),
  fc.string({ unit: "binary", maxLength: 80 }),
);

/** A message whose fields are right, or nearly so: changed, missing, or more than there should be. */
export function nearly(fields: Readonly<Record<string, unknown>>): Arbitrary<unknown> {
  const parts = Object.entries(fields).map(([name, value]) =>
    fc.oneof(
      { weight: 6, arbitrary: fc.constant<readonly [string, unknown][]>([[name, value]]) },
      { weight: 2, arbitrary: odd.map((other): [string, unknown][] => [[name, other]]) },
      fc.constant<readonly [string, unknown][]>([]),
      odd.map((other): [string, unknown][] => [
        [name, value],
        [`${name}s`, other],
      ]),
    ),
  );
  const whole = fc.tuple(...parts).map((chosen) => Object.fromEntries(chosen.flat()));
  return fc.oneof({ weight: 8, arbitrary: whole }, odd);
}

/** One of several messages, or something that is none. */
export function nearlyOneOf(
  messages: readonly Readonly<Record<string, unknown>>[],
): Arbitrary<unknown> {
  return fc.oneof(...messages.map(nearly));
}

/** Text messages of a socket: JSON of those, broken JSON, and anything. */
export function messageTexts(
  messages: readonly Readonly<Record<string, unknown>>[],
): Arbitrary<string> {
  const texts = nearlyOneOf(messages).map((message) => JSON.stringify(message));
  return fc.oneof(
    { weight: 8, arbitrary: texts },
    texts.map((text) => text.slice(0, text.length / 2)),
    fc.string({ maxLength: 60 }),
  );
}
