import { expect, it } from "vitest";
import { toPcm } from "./to-pcm";

it("scales to 16 bits and clips samples beyond full scale", () => {
  const pcm = toPcm(Float32Array.of(0, 1, -1, 0.5, 2, -3));
  expect([...pcm]).toEqual([0, 32_767, -32_767, 16_384, 32_767, -32_767]);
});
