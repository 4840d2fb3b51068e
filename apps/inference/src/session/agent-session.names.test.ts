import { newId, type MemberId } from "@parley/shared/protocol/ids";
import {
  scriptedRecognizer,
  scriptedRecognizerStream,
} from "@parley/speech/testing/scripted-models";
import { describe, expect, it } from "vitest";
import { ConversationScript } from "../testing/conversation-script";

/** A recogniser that hears nothing; `told` holds the phrases of each stream that is open. */
function phraseBook() {
  const told = new Map<object, readonly string[]>();
  const recognizer = scriptedRecognizer({
    open(options) {
      const stream = scriptedRecognizerStream({
        setPhrases(phrases) {
          told.set(stream, phrases);
          return Promise.resolve();
        },
        close: () => told.delete(stream),
      });
      told.set(stream, options?.phrases ?? []);
      return Promise.resolve(stream);
    },
  });
  return { recognizer, told };
}

describe("the names in a room", () => {
  it("are what everybody's recogniser prefers, as people come, go and change theirs", async () => {
    const { recognizer, told } = phraseBook();
    const script = new ConversationScript({ recognizer, members: ["Ada Lovelace"] });
    const phrases = async () => {
      await script.clock.advance(0);
      return [...told.values()];
    };
    const alone = ["Parley", "Ada Lovelace", "Ada"];
    expect(await phrases()).toEqual([alone]);

    const memberId = newId<MemberId>();
    script.session.accept({ type: "member-joined", memberId, name: "Siobhan" });
    expect(await phrases()).toEqual([
      [...alone, "Siobhan"],
      [...alone, "Siobhan"],
    ]);
    script.session.accept({ type: "member-joined", memberId, name: "Niamh" });
    expect(await phrases()).toEqual([
      [...alone, "Niamh"],
      [...alone, "Niamh"],
    ]);
    script.session.accept({ type: "member-left", memberId });
    expect(await phrases()).toEqual([alone]);
  });
});
