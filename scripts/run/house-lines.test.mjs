import { expect, test } from "vitest";
import { houseLines } from "./house-lines.mjs";

const better = {
  job: "hear",
  name: "nemotron-streaming-en",
  title: "Nemotron Speech Streaming",
  reason: "Eight cores carry it.",
  downloadBytes: 2_473_041_920,
  state: "absent",
};
const house = {
  hears: { title: "Moonshine Tiny", isDemonstration: false },
  thinks: { title: "the built-in script", isDemonstration: true },
  speaks: { title: "Flite", isDemonstration: false },
  better,
  isOperator: true,
};

/** @param {object} body */
const answering = (body) => async () => Response.json(body);

test("two lines: what there is, and one step", async () => {
  expect(await houseLines("http://localhost:7860", answering(house))).toEqual([
    "  Hears with Moonshine Tiny, thinks with the built-in script (a demonstration), speaks with Flite.",
    "  Better on this machine: Nemotron Speech Streaming (2.5 GB): http://localhost:7860/models, or npx parley models pull nemotron-streaming-en",
  ]);
});

test("a model that is here already is only to be chosen", async () => {
  const ready = { ...house, better: { ...better, state: "ready" } };
  const [, step] = await houseLines("http://localhost:7860", answering(ready));
  expect(step).toMatch(/which is here; choose it at http:\/\/localhost:7860\/models$/u);
});

test("one line where nothing would be better, none where the server does not tell", async () => {
  const lines = await houseLines("http://localhost:7860", answering({ ...house, better: null }));
  expect(lines).toHaveLength(1);
  expect(await houseLines("http://x", async () => new Response("", { status: 503 }))).toEqual([]);
  expect(await houseLines("http://x", () => Promise.reject(new Error("gone")))).toEqual([]);
});
