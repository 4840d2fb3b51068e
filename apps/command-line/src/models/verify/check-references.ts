import { createReadStream } from "node:fs";
import type { RecognizedToken, Recognizer } from "@parley/speech/contracts/recognizer";
import type { CommandContext } from "../../command-context";
import { type Check, checked } from "./check";
import type { ReferenceCase, ReferenceSettings } from "./read-references";

/** The unit of the references' `frames`. */
const frameMs = 80;

/**
 * Recognises every reference recording; tokens and their frames must equal the recorded ones.
 *
 * @param onCheck receives each check as soon as it is done
 */
export async function checkReferences(
  model: string,
  cases: readonly ReferenceCase[],
  context: CommandContext,
  onCheck: (check: Check) => void,
): Promise<void> {
  const { firstInterrupt: signal } = context;
  for (const group of bySettings(cases)) {
    const [first] = group;
    if (first === undefined) continue;
    const opened = await checked(`listening ${describe(first.settings)}`, async () => {
      const recognizer = await openRecognizer(model, first.settings, context);
      try {
        for (const reference of group) {
          onCheck(await checkCase(recognizer, reference, context));
          signal.throwIfAborted();
        }
      } finally {
        await recognizer.close();
      }
      return `${group.length} recordings`;
    });
    signal.throwIfAborted();
    if (opened.outcome === "failed") onCheck(opened);
  }
}

/** Groups the cases by their settings; each group shares a recogniser. */
function bySettings(cases: readonly ReferenceCase[]): ReferenceCase[][] {
  const groups = new Map<string, ReferenceCase[]>();
  for (const reference of cases) {
    const key = describe(reference.settings);
    groups.set(key, [...(groups.get(key) ?? []), reference]);
  }
  return [...groups.values()];
}

function describe({ isOffline, rightContext, finish }: ReferenceSettings): string {
  return isOffline
    ? "in one pass"
    : `with right context ${rightContext ?? "of its own"}, ${finish}`;
}

function openRecognizer(
  model: string,
  settings: ReferenceSettings,
  { openRecognizer: open, firstInterrupt }: CommandContext,
): Promise<Recognizer> {
  return open(
    {
      type: "transducer",
      settings: {
        ...settings,
        model,
        threads: 1,
        providers: ["cpu"],
        window: { chunk: 2, left: 10, right: 2 },
        resetsAtEndOfUtterance: false,
      },
    },
    firstInterrupt,
  );
}

async function checkCase(
  recognizer: Recognizer,
  reference: ReferenceCase,
  context: CommandContext,
): Promise<Check> {
  const what = `${reference.name} ${describe(reference.settings)}`;
  const heard = { isDigitalSilence: true };
  const check = await checked(what, async () => {
    const stream = await recognizer.open({ isOffline: true });
    try {
      const bytes = createReadStream(reference.audio);
      const { firstInterrupt: signal } = context;
      for await (const samples of context.decodeAudio(bytes, { signal })) {
        heard.isDigitalSilence &&= samples.every((sample) => sample === 0);
        await stream.write(samples);
      }
      const { tokens } = await stream.finish();
      compare(tokens, reference);
      return `${tokens.length} tokens as recorded`;
    } finally {
      stream.close();
    }
  });
  if (check.outcome === "ok" || !heard.isDigitalSilence) return check;
  // NeMo normalises digital silence to rounding noise, so its tokens are those of the noise.
  return { outcome: "skipped", text: `${what}: digital silence, which cannot be compared` };
}

function compare(tokens: readonly RecognizedToken[], { ids, frames }: ReferenceCase): void {
  const length = Math.max(tokens.length, ids.length);
  for (let at = 0; at < length; at++) {
    const token = tokens[at];
    if (token?.id !== ids[at]) {
      const counts = `${tokens.length} tokens, recorded ${ids.length}`;
      const pair = `${token?.id ?? "the end"} instead of ${ids[at] ?? "the end"}`;
      throw new Error(`token ${at} is ${pair} (${counts})`);
    }
    const frame = frames?.[at];
    const heard = token === undefined ? null : token.startMs / frameMs;
    if (frame !== undefined && frame !== heard) {
      throw new Error(`token ${at} comes in frame ${heard ?? "-"} instead of ${frame}`);
    }
  }
}
