import { sampleCard } from "@parley/fleet/testing/sample-lease";
import type { WorkerCard } from "@parley/shared/protocol/worker-card";
import { describe, expect, it } from "vitest";
import type { InferenceWorker } from "../contracts/inference-worker";
import { chooseWorker } from "./choose-worker";

const anyVoice = { voice: "", language: "" };

function worker(url: string, parts: Partial<WorkerCard> = {}, isReady = true): InferenceWorker {
  return { url, isReady, card: sampleCard(url, parts) };
}

const choose = (workers: InferenceWorker[], wish = anyVoice) => chooseWorker(workers, wish)?.url;

describe("chooseWorker", () => {
  it("takes the least loaded one", () => {
    expect(choose([worker("a", { load: 0.5 }), worker("b", { load: 0.2 })])).toBe("b");
    expect(choose([worker("a", { load: 0.2 }), worker("b", { load: 0.2 })])).toBe("a");
  });

  it.each<[string, Partial<WorkerCard>]>([
    ["drains", { isDraining: true }],
    ["speaks a protocol too far away", { protocol: 99 }],
    ["is full", { load: 1 }],
    ["lacks the voice", { voices: ["other"] }],
    ["lacks the language", { languages: ["de", "fr"] }],
    ["has no chat server that answers", { chat: "fails" }],
    ["waits for its chat server", { chat: "waking" }],
  ])("takes a busier one rather than one that %s", (_what, parts) => {
    const workers = [worker("a", parts), worker("b", { load: 0.9 })];
    const wish = { voice: "slt", language: "en-GB" };
    expect(choose(workers, wish)).toBe("b");
    expect(choose([worker("a", parts)], wish)).toBe("a");
  });

  it("takes one that does not seem to serve only where there is no other", () => {
    expect(choose([worker("a", {}, false), worker("b", { load: 0.9 })])).toBe("b");
    expect(choose([worker("a", {}, false)])).toBe("a");
    expect(choose([])).toBeUndefined();
  });

  it("prefers the right voice to a chat server that answers, and room to the right voice", () => {
    const wish = { voice: "slt", language: "" };
    expect(choose([worker("a", { voices: [] }), worker("b", { chat: "fails" })], wish)).toBe("b");
    expect(choose([worker("a", { voices: [] }), worker("b", { load: 1 })], wish)).toBe("a");
  });

  it("knows nothing of a worker without a card, and puts it in the middle", () => {
    const unknown: InferenceWorker = { url: "u", isReady: true, card: null };
    expect(choose([unknown, worker("a", { load: 0.4 })])).toBe("a");
    expect(choose([unknown, worker("a", { load: 0.6 })])).toBe("u");
  });
});
