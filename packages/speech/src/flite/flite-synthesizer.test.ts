import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { SynthesisPart } from "../contracts/synthesizer";
import { FliteSynthesizer } from "./flite-synthesizer";

let synthesizer: FliteSynthesizer;

beforeAll(async () => {
  synthesizer = await FliteSynthesizer.open();
});

afterAll(async () => {
  await synthesizer.close();
});

const never = new AbortController().signal;
const longClause = "and so we went on and on along the river until the evening came";

async function* say(...clauses: string[]) {
  for (const clause of clauses) yield await Promise.resolve(clause);
}

async function collect(parts: AsyncIterable<SynthesisPart>): Promise<SynthesisPart[]> {
  const found: SynthesisPart[] = [];
  for await (const part of parts) found.push(part);
  return found;
}

describe("FliteSynthesizer", () => {
  it("starts each clause, speaks it and ends it, in order", async () => {
    const clauses = say("Sure.", "It is four.");
    const parts = await collect(synthesizer.speak({ clauses, voice: "", signal: never }));
    expect(parts.map((part) => part.type)).toEqual([
      ...["clause-start", "audio", "clause-end"],
      ...["clause-start", "audio", "clause-end"],
    ]);
    expect(parts[0]).toEqual({ type: "clause-start", text: "Sure." });
    expect(parts[3]).toEqual({ type: "clause-start", text: "It is four." });
    expect(parts[1]).toMatchObject({ samples: expect.any(Int16Array) as unknown });
  });

  it("gives a long clause in several pieces and a silent one in none", async () => {
    const clauses = say(`${longClause}, `.repeat(5), "🎉 …");
    const parts = await collect(synthesizer.speak({ clauses, voice: "kal16", signal: never }));
    const types = parts.map((part) => part.type);
    expect(types.filter((type) => type === "audio").length).toBeGreaterThan(1);
    expect(types.slice(-3)).toEqual(["clause-end", "clause-start", "clause-end"]);
  });

  it("marks clauses as written, and is silent where nothing can be spoken", async () => {
    const written = ["**It is $5.**", "```js", "let a = 1;", "```"];
    const parts = await collect(
      synthesizer.speak({ clauses: say(...written), voice: "", signal: never }),
    );
    const starts = parts.filter((part) => part.type === "clause-start");
    expect(starts.map(({ text }) => text)).toEqual(written);
    expect(parts.slice(-4).map(({ type }) => type)).toEqual([
      ...["clause-start", "clause-end", "clause-start", "clause-end"],
    ]);
  });

  it("refuses an unknown voice", async () => {
    const parts = await collect(
      synthesizer.speak({ clauses: say("hello"), voice: "hal", signal: never }),
    );
    expect(parts).toMatchObject([{ type: "error", error: { code: "invalid-request" } }]);
  });

  it("ends with the error of its clauses", async () => {
    async function* broken() {
      yield await Promise.resolve("Well.");
      throw new Error("lost the thread");
    }
    const parts = await collect(
      synthesizer.speak({ clauses: broken(), voice: "slt", signal: never }),
    );
    expect(parts.map((part) => part.type)).toEqual([
      "clause-start",
      "audio",
      "clause-end",
      "error",
    ]);
  });

  it("is at most a clause ahead of its listener", async () => {
    let asked = 0;
    async function* counted() {
      for (;;) {
        asked++;
        yield await Promise.resolve("Yes.");
      }
    }
    const parts = synthesizer.speak({ clauses: counted(), voice: "kal16", signal: never });
    for (let part = 0; part < 3; part++) await parts.next();
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(asked).toBe(2);
    await parts.return();
  });

  it("ends quietly when aborted: before, between and while waiting for a clause", async () => {
    const request = (controller: AbortController, clauses: AsyncIterable<string>) =>
      synthesizer.speak({ clauses, voice: "slt", signal: controller.signal });
    const early = new AbortController();
    early.abort();
    expect(await collect(request(early, say("never said")))).toEqual([]);

    const middle = new AbortController();
    const heard: string[] = [];
    for await (const part of request(middle, say("One.", "Two.", "Three."))) {
      heard.push(part.type);
      if (part.type === "clause-end") middle.abort();
    }
    expect(heard).toEqual(["clause-start", "audio", "clause-end"]);

    const waiting = new AbortController();
    async function* thinking() {
      yield "Well.";
      await new Promise<never>(() => undefined);
    }
    let spoken = "";
    for await (const part of request(waiting, thinking())) {
      spoken = part.type;
      if (spoken === "clause-end") {
        setTimeout(() => {
          waiting.abort();
        }, 20);
      }
    }
    expect(spoken).toBe("clause-end");
  });

  it("frees the engine at the next step after an abort", async () => {
    const controller = new AbortController();
    const endless = Array.from({ length: 40 }, () => longClause);
    const aborted = collect(
      synthesizer.speak({ clauses: say(...endless), voice: "slt", signal: controller.signal }),
    );
    await new Promise((resolve) => setTimeout(resolve, 50));
    controller.abort();
    const startMs = performance.now();
    await collect(synthesizer.speak({ clauses: say("Sure."), voice: "slt", signal: never }));
    // Forty clauses would take seconds.
    expect(performance.now() - startMs).toBeLessThan(1_000);
    await aborted;
  });

  it("speaks two replies at the same time without mixing them", async () => {
    const speak = (text: string) =>
      collect(synthesizer.speak({ clauses: say(text, text), voice: "rms", signal: never }));
    const [alone, other] = [await speak("Good morning."), await speak("Good night.")];
    const both = await Promise.all([speak("Good morning."), speak("Good night.")]);
    expect(both).toEqual([alone, other]);
  });

  it("ends replies with an error once it is closed", async () => {
    const closing = await FliteSynthesizer.open();
    await closing.close();
    await closing.close();
    const parts = await collect(
      closing.speak({ clauses: say("hello"), voice: "slt", signal: never }),
    );
    expect(parts.at(-1)).toMatchObject({ type: "error", error: { code: "invalid-state" } });
  });
});
