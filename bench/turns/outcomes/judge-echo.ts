import type { PlayedScene } from "../play-scene";
import type { EchoOutcome } from "./outcome";

/** Judges a scene in which nobody speaks but the agent, which was asked once. */
export function judgeEcho({ notices }: PlayedScene, levelDb: number): EchoOutcome {
  const count = (type: string) => notices.filter(({ notice }) => notice.type === type).length;
  return {
    type: "echo",
    levelDb,
    isAnsweringItself: count("reply-start") > 1,
    isInterruptingItself: count("reply-cancel") > 0,
  };
}
