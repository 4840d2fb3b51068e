import { sampleCard } from "@parley/fleet/testing/sample-lease";
import type { WorkerCard } from "@parley/shared/protocol/worker-card";
import { expect, it } from "vitest";
import { WorkerChooser } from "./worker-chooser";

const wish = { voice: "", language: "" };
const nobodyRests = () => false;

function worker(url: string, parts: Partial<WorkerCard> = {}) {
  return { url, isReady: true, card: sampleCard(url, parts) };
}

it("spreads a crowd of rooms that comes between two cards", () => {
  const chooser = new WorkerChooser([
    worker("a", { load: 0.25, capacity: 8 }),
    worker("b", { capacity: 8 }),
  ]);
  const chosen = Array.from({ length: 6 }, () => chooser.choose(wish, nobodyRests)?.url);
  expect(chosen).toEqual(["b", "b", "a", "b", "a", "b"]);
});

it("trusts a new card more than its own count", () => {
  const chooser = new WorkerChooser([worker("a", { load: 0.1 }), worker("b")]);
  for (let room = 0; room < 3; room++) chooser.choose(wish, nobodyRests);
  chooser.setWorkers([worker("a", { load: 0.1 }), worker("b", { load: 0.01 })]);
  expect(chooser.choose(wish, nobodyRests)?.url).toBe("b");
});

it("leaves out those that a room leaves alone", () => {
  const chooser = new WorkerChooser([worker("a"), worker("b", { load: 0.9 })]);
  expect(chooser.choose(wish, (url) => url === "a")?.url).toBe("b");
  expect(chooser.choose(wish, () => true)).toBeNull();
});

it("tells of workers that come, recover or become free", () => {
  const chooser = new WorkerChooser([worker("a", { load: 1 })]);
  const eased: string[][] = [];
  const end = chooser.subscribe((urls) => eased.push([...urls]));
  chooser.setWorkers([worker("a", { load: 1 }), worker("b")]);
  chooser.setWorkers([worker("a", { load: 0.9 }), worker("b", { load: 0.5 })]);
  chooser.setWorkers([{ ...worker("a"), isReady: false }, worker("b", { load: 0.5 })]);
  chooser.setWorkers([worker("a"), worker("b", { load: 0.5 })]);
  end();
  chooser.setWorkers([]);
  expect(eased).toEqual([["b"], ["a"], [], ["a"]]);
});
