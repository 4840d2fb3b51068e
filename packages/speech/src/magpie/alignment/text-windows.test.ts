import { describe, expect, it } from "vitest";
import { textWindows } from "./text-windows";

describe("textWindows", () => {
  it("prepends the end of the previous window, its end token included", () => {
    const windows = textWindows(
      [
        [1, 2, 3, 9],
        [4, 5, 9],
        [6, 9],
      ],
      2,
    );
    expect(windows.map(({ ids }) => ids)).toEqual([
      [1, 2, 3, 9],
      [3, 9, 4, 5, 9],
      [5, 9, 6, 9],
    ]);
    expect(
      windows.map(({ offset, history, isFirst, isLast }) => [offset, history, isFirst, isLast]),
    ).toEqual([
      [0, 0, true, false],
      [2, 2, false, false],
      [5, 2, false, true],
    ]);
  });

  it("limits the history to the length of the chunk and of the previous window", () => {
    const [, later] = textWindows(
      [
        [1, 2, 9],
        [3, 9],
      ],
      20,
    );
    expect(later).toMatchObject({ ids: [2, 9, 3, 9], history: 2, offset: 1 });
    expect(textWindows([[9], [1, 2, 9]], 20)[1]).toMatchObject({ history: 1, offset: 0 });
  });

  it("keeps chunks apart without a history", () => {
    expect(
      textWindows(
        [
          [1, 9],
          [2, 9],
        ],
        0,
      )[1],
    ).toMatchObject({ ids: [2, 9], offset: 2 });
  });
});
