import type { PlayedScene } from "../play-scene";
import type { Scene } from "../scenes/scene";
import { judgeOverlap, judgeRoom, judgeTelevision } from "./judge-company";
import { judgeEcho } from "./judge-echo";
import { judgeOverReply } from "./judge-over-reply";
import { judgeUtterance } from "./judge-utterance";
import type { SceneOutcome } from "./outcome";

/** What came of a scene, by its kind. */
export function judgeScene(scene: Scene, played: PlayedScene): SceneOutcome {
  switch (scene.kind) {
    case "question":
    case "command":
    case "statement":
    case "pause":
    case "sentences":
    case "trailing":
      return judgeUtterance(played);
    case "backchannel":
    case "noise":
    case "interruption":
      return judgeOverReply(played);
    case "room":
      return judgeRoom(played, textsOf(scene));
    case "overlap":
      return judgeOverlap(played);
    case "television":
      return judgeTelevision(played, Math.min(...levelsOf(scene)));
    case "echo":
      return judgeEcho(played, scene.echo?.levelDb ?? 0);
  }
}

function textsOf({ steps }: Scene): string[] {
  return steps.flatMap((step) =>
    step.type === "begins" && step.sound.type === "speech" ? [step.sound.text] : [],
  );
}

function levelsOf({ steps }: Scene): number[] {
  return steps.flatMap((step) => (step.type === "begins" ? [step.levelDb ?? 0] : []));
}
