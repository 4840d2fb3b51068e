import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { SynthesisPart, Synthesizer } from "../contracts/synthesizer";

export type SynthesizerSubject = {
  name: string;
  open: () => Promise<Synthesizer>;
};

const never = new AbortController().signal;

/** Attacks on parsers, shells, markup and word lists, to be spoken as text. */
const hostile = [
  "-voice kal --help",
  "/etc/passwd \\u0000 \u0000\u0007",
  '<speak>hello</speak> <tag a="',
  '"; rm -rf / # $(reboot) `id`',
  "|h ə l oʊ| {HH AH} </s><pad><extra_id_0>",
  "\u202eright to left\u202c 日本語 नमस्ते مرحبا 👩‍👩‍👧",
  "((((a((((",
  "a".repeat(300),
];

async function* say(...clauses: string[]) {
  for (const clause of clauses) yield await Promise.resolve(clause);
}

async function collect(parts: AsyncIterable<SynthesisPart>): Promise<SynthesisPart[]> {
  const found: SynthesisPart[] = [];
  for await (const part of parts) found.push(part);
  return found;
}

/** The types of parts in order; adjacent audio parts count as one. */
function outline(parts: readonly SynthesisPart[]): string[] {
  const types = parts.map(({ type }) => type);
  return types.filter((type, index) => type !== "audio" || types[index - 1] !== "audio");
}

/** Tests of the `Synthesizer` contract, to be run for every engine. */
export function describeSynthesizer({ name, open }: SynthesizerSubject): void {
  describe(`${name} as a synthesiser`, () => {
    let synthesizer: Synthesizer;
    const speak = (clauses: AsyncIterable<string>, signal = never) =>
      synthesizer.speak({ clauses, voice: "", signal });

    beforeAll(async () => {
      synthesizer = await open();
    });

    afterAll(() => synthesizer.close());

    it("has a name, voices and a rate", () => {
      expect(synthesizer.name).not.toBe("");
      expect(synthesizer.voices.length).toBeGreaterThan(0);
      expect(synthesizer.sampleRate).toBeGreaterThanOrEqual(8_000);
    });

    it("starts each clause, speaks it and ends it, in order", async () => {
      const parts = await collect(speak(say("Sure.", "It is four.")));
      const clause = ["clause-start", "audio", "clause-end"];
      expect(outline(parts)).toEqual([...clause, ...clause]);
      const texts = parts.flatMap((part) => (part.type === "clause-start" ? part.text : []));
      expect(texts).toEqual(["Sure.", "It is four."]);
      for (const part of parts) {
        if (part.type === "audio") expect(part.samples.length).toBeGreaterThan(0);
      }
    });

    it("completes a clause before the next one arrives", async () => {
      let resolve: () => void = () => undefined;
      const isSpoken = new Promise<void>((settle) => {
        resolve = settle;
      });
      async function* thinking() {
        yield "Sure.";
        await isSpoken;
        yield "It is four.";
      }
      const found: SynthesisPart[] = [];
      for await (const part of speak(thinking())) {
        found.push(part);
        if (part.type === "clause-end") resolve();
      }
      const clause = ["clause-start", "audio", "clause-end"];
      expect(outline(found)).toEqual([...clause, ...clause]);
    });

    it("puts sound between the marks of its clause", async () => {
      const parts = await collect(speak(say("Sure.", "🎉", "It is four.", "")));
      const silent = ["clause-start", "clause-end"];
      const clause = ["clause-start", "audio", "clause-end"];
      expect(outline(parts)).toEqual([...clause, ...silent, ...clause, ...silent]);
    });

    it("speaks with each of its voices", async () => {
      for (const voice of synthesizer.voices) {
        const clauses = say("Yes.");
        const parts = await collect(synthesizer.speak({ clauses, voice, signal: never }));
        expect(outline(parts), voice).toEqual(["clause-start", "audio", "clause-end"]);
      }
    });

    it("marks clauses that cannot be spoken, without a sound", async () => {
      const parts = await collect(speak(say("", " \n", "🎉 …")));
      const clause = ["clause-start", "clause-end"];
      expect(outline(parts)).toEqual([...clause, ...clause, ...clause]);
    });

    it("speaks hostile text as text", async () => {
      const parts = await collect(speak(say(...hostile)));
      const texts = parts.flatMap((part) => (part.type === "clause-start" ? part.text : []));
      expect(texts).toEqual(hostile);
      expect(parts.filter(({ type }) => type === "clause-end")).toHaveLength(hostile.length);
      expect(parts.filter(({ type }) => type === "error")).toEqual([]);
    });

    it("refuses an unknown voice", async () => {
      const request = { clauses: say("hello"), voice: "hal", signal: never };
      const parts = await collect(synthesizer.speak(request));
      expect(parts).toMatchObject([{ type: "error", error: { code: "invalid-request" } }]);
    });

    it("ends with the error of its clauses", async () => {
      async function* broken() {
        yield await Promise.resolve("Well.");
        throw new Error("lost the thread");
      }
      const parts = await collect(speak(broken()));
      expect(outline(parts)).toEqual(["clause-start", "audio", "clause-end", "error"]);
    });

    it("ends quietly when aborted before it began", async () => {
      const signal = AbortSignal.abort();
      expect(await collect(speak(say("never said"), signal))).toEqual([]);
    });

    it("ends quietly when aborted within a clause", async () => {
      const middle = new AbortController();
      const heard: string[] = [];
      for await (const part of speak(say("One, two and three.", "Four."), middle.signal)) {
        heard.push(part.type);
        if (part.type === "audio") middle.abort();
      }
      expect(heard).toEqual(["clause-start", "audio"]);
    });

    it("ends quietly when aborted while it waits for a clause", async () => {
      const waiting = new AbortController();
      async function* thinking() {
        yield "Well.";
        setImmediate(() => {
          waiting.abort();
        });
        await new Promise<never>(() => undefined);
      }
      const parts = await collect(speak(thinking(), waiting.signal));
      expect(parts.filter(({ type }) => type === "error")).toEqual([]);
    });

    it("speaks after many replies were abandoned", async () => {
      const alone = soundOf(await collect(speak(say("Sure."))));
      for (let round = 0; round < 20; round++) {
        for await (const part of speak(say("Something that nobody hears."))) {
          if (part.type === "clause-start") break;
        }
      }
      expect(soundOf(await collect(speak(say("Sure."))))).toBe(alone);
    });

    it("speaks several replies at the same time without mixing them", async () => {
      const texts = ["Good morning.", "Good night, friend.", "See you later."];
      const reply = (text: string) => collect(speak(say(text, text)));
      const alone: string[] = [];
      for (const text of texts) alone.push(soundOf(await reply(text)));
      const together = await Promise.all(texts.map(reply));
      expect(together.map(soundOf)).toEqual(alone);
    });

    it("ends running and later replies with an error once it is closed", async () => {
      const closing = await open();
      const listening = collect(
        closing.speak({ clauses: say("One.", "Two.", "Three."), voice: "", signal: never }),
      );
      await closing.close();
      await closing.close();
      const late = closing.speak({ clauses: say("hello"), voice: "", signal: never });
      for (const parts of [await listening, await collect(late)]) {
        expect(parts.at(-1)).toMatchObject({ type: "error", error: { code: "invalid-state" } });
      }
    });
  });
}

/** All samples of a reply, joined. */
function soundOf(parts: readonly SynthesisPart[]): string {
  const pieces = parts.flatMap((part) =>
    part.type === "audio"
      ? [Buffer.from(part.samples.buffer, part.samples.byteOffset, part.samples.byteLength)]
      : [],
  );
  return Buffer.concat(pieces).toString("base64");
}
