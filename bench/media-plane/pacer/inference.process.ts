import { FakeInference } from "@parley/media-server/testing/fake-inference";
import { speechRate } from "@parley/shared/audio/speech-rate";
import { newId, type ReplyId } from "@parley/shared/protocol/ids";
import { serveProcess } from "@parley/threads/server/serve-process";

/** Sound goes out in pieces of 100 ms, as inference sends it, one second at a time. */
const pieceSamples = speechRate / 10;
const piecesPerSecond = 10;

/** Lead of the synthesiser over the voice. */
const leadSeconds = 2;

const agents: FakeInference[] = [];
let timer: NodeJS.Timeout | null = null;

async function open(request: { agents: number }): Promise<string[]> {
  while (agents.length < request.agents) {
    const agent = new FakeInference();
    await agent.start();
    agents.push(agent);
  }
  return agents.map(({ url }) => url);
}

/** Makes every agent speak without end. */
function speak(request: { samples: Int16Array }): void {
  const { samples } = request;
  const replyIds = agents.map(() => newId<ReplyId>());
  const pieces = Math.floor(samples.length / pieceSamples);
  let piece = 0;
  const sendSecond = () => {
    for (const end = piece + piecesPerSecond; piece < end; piece++) {
      const at = (piece % pieces) * pieceSamples;
      for (const [index, agent] of agents.entries()) {
        agent.sendFrame({
          kind: "reply",
          id: replyIds[index] ?? "",
          sequence: piece,
          sampleRate: speechRate,
          stampMs: piece * 100,
          samples: samples.subarray(at, at + pieceSamples),
        });
      }
    }
    // Microphone sound is received, parsed and dropped.
    for (const agent of agents) agent.frames.length = 0;
  };
  for (const [index, agent] of agents.entries()) {
    agent.send({ type: "reply-start", replyId: replyIds[index] ?? newId(), turnId: null });
  }
  for (let second = 0; second < leadSeconds; second++) sendSecond();
  timer = setInterval(sendSecond, 1_000);
}

async function stop(): Promise<void> {
  if (timer !== null) clearInterval(timer);
  await Promise.all(agents.map((agent) => agent.stop()));
}

const calls = { open, speak, stop };
export type InferenceCalls = typeof calls;

await serveProcess<typeof calls>(() => ({ calls }));
