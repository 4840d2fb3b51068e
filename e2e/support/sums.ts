/** One plus one, two plus two, and so on. */
const doubles =
  "two four six eight ten twelve fourteen sixteen eighteen twenty twenty-two twenty-four twenty-six twenty-eight thirty thirty-two thirty-four thirty-six thirty-eight forty".split(
    " ",
  );

/** A question that every brain answers at once, and what its answer must hold. */
export type Sum = { question: string; answer: RegExp };

/**
 * @param number from 1 to 20: each has another answer, so that an old one is not taken for it, nor what
 * the agent says of the time, which "is twelve" as well
 */
export function sumOf(number: number): Sum {
  const double = doubles[number - 1];
  if (double === undefined) throw new TypeError(`there is no sum ${number}`);
  return {
    question: `what is ${number} plus ${number}`,
    answer: new RegExp(`plus \\S+ is ${double}\\b`, "i"),
  };
}
