import type { LinkNotice } from "@parley/shared/protocol/agent-link";
import { ConversationScript, type ScriptOptions } from "./conversation-script";

const clues = { says: /^(\w+): (.+)$/u, coughs: /^(\w+) coughs (\d+)$/u, waits: /^(\d+) ms$/u };
const types = /^(\w+) types: (.+)$/u;
const acts = /^(\w+) (joins|leaves|interrupts)$/u;

/** Signs for what becomes of a reply. */
const signs: Partial<Record<LinkNotice["type"], string>> = {
  "reply-duck": "(low)",
  "reply-hold": "(silent)",
  "reply-resume": "(on)",
  "reply-cancel": "(cut)",
  "transcript-retract": "(taken back)",
};

/**
 * Plays a conversation that is written as one, on a stopped clock. Lines of what happens:
 *
 * - `Ada: what time is it` takes 200 ms a word, and `Ada: …  + Ben: …` begin together
 * - `Ada types: hello`, `Ada coughs 300`, `Ben joins`, `Ben leaves`, `Ada interrupts` with the button
 * - `700 ms` pass
 * - `Parley speaks` waits until half a second of a reply was heard
 *
 * @returns lines of what came of it: `Ada: …` as the transcript has it, `Parley: …` as it was heard,
 * `Parley: …/` where it was cut off, and signs such as "(low)"
 */
export async function playLines(
  lines: readonly string[],
  options: ScriptOptions = {},
): Promise<string[]> {
  const settings = { lateCorrectionMs: 0, ...options.settings };
  const script = new ConversationScript({ ...options, settings });
  for (const line of lines) await play(line, script);
  await script.passes(6_000);
  return script.notices.flatMap((notice) => shown(notice, script));
}

async function play(line: string, script: ConversationScript): Promise<void> {
  if (line === "Parley speaks") {
    const heard = script.all("reply-spoken").length;
    await script.until("reply-spoken", heard + 2);
    return;
  }
  const [, waits] = clues.waits.exec(line) ?? [];
  const [, cougher, coughMs] = clues.coughs.exec(line) ?? [];
  const [, typist, typed] = types.exec(line) ?? [];
  const [, actor, act] = acts.exec(line) ?? [];
  if (actor !== undefined && act === "joins") await script.joins(actor);
  else if (actor !== undefined && act === "leaves") await script.leaves(actor);
  else if (actor !== undefined) await script.interrupts(actor);
  else if (waits !== undefined) await script.passes(Number(waits));
  else if (cougher !== undefined) await script.coughs(Number(coughMs), cougher);
  else if (typist !== undefined) await script.types(typed ?? "", typist);
  else await speak(line.split(" + "), script);
}

/** All begin together; time passes until the last is done. */
async function speak(parts: readonly string[], script: ConversationScript): Promise<void> {
  const spoken = parts.map((part) => clues.says.exec(part));
  for (const [index, match] of spoken.entries()) {
    const [, name, text] = match ?? [];
    if (name === undefined || text === undefined) throw new Error(`no such line: ${parts[index]}`);
    script.begins(text, name);
  }
  const words = Math.max(...spoken.map((match) => (match?.[2] ?? "").split(" ").length));
  await script.passes(200 * words);
}

function shown(notice: LinkNotice, script: ConversationScript): string[] {
  switch (notice.type) {
    case "transcript-final":
      return [`${script.nameOf(notice.memberId)}: ${notice.text}`];
    case "reply-end":
      return [notice.isInterrupted ? "Parley: …/" : `Parley: ${notice.text}`];
    default: {
      const sign = signs[notice.type];
      return sign === undefined ? [] : [sign];
    }
  }
}
