import { says, sceneId, storyUnderWay, type Scene, type SceneSet, type SceneStep } from "./scene";
import { televisionTexts } from "./texts/over-reply";

/** People leave each other about that much time. */
const betweenSpeakersMs = 200;
const enterMs = 600;

type Line = readonly ["Robin" | "Kim", string];

/** What two people say to each other. A last line that names Parley is for the agent. */
const talks: Readonly<Record<"tuned" | "held-out", readonly (readonly Line[])[]>> = {
  tuned: [
    [
      ["Robin", "Kim, did you bring the keys?"],
      ["Kim", "Yes, they are in my bag."],
    ],
    [
      ["Robin", "Kim, shall we go to lunch?"],
      ["Kim", "Sure, give me five minutes."],
      ["Robin", "Okay, I will wait downstairs."],
    ],
    [
      ["Robin", "Kim, can you close the door?"],
      ["Kim", "Of course."],
    ],
    [
      ["Robin", "Kim, I think the printer is broken."],
      ["Kim", "Let us ask. Parley, what time is it?"],
    ],
  ],
  "held-out": [
    [
      ["Robin", "Kim, have you seen my glasses?"],
      ["Kim", "They are on the kitchen table."],
    ],
    [
      ["Kim", "Robin, are you coming on Friday?"],
      ["Robin", "I think so, if the car is repaired."],
      ["Kim", "Great, I will see you there."],
    ],
    [
      ["Robin", "Kim, the phone is ringing."],
      ["Kim", "I will get it."],
    ],
    [
      ["Kim", "Robin, I like your new jacket."],
      ["Robin", "Thank you. Parley, what is seven plus five?"],
    ],
  ],
};

/** The third talk of each set is held while the agent tells a story. */
const talkOverStory = 2;

/** Two people with the agent: talk between them, both at once, and a television. */
export function companyScenes(): Scene[] {
  return (["tuned", "held-out"] as const).flatMap((set) => [
    ...talks[set].map((lines, at) => talk(set, at, lines)),
    ...overlaps[set].map((lines, at) => overlap(set, at, lines)),
    ...televisionTexts[set].flatMap((text, at) => televisions(set, at, text)),
  ]);
}

function talk(set: SceneSet, index: number, lines: readonly Line[]): Scene {
  const start: readonly SceneStep[] =
    index === talkOverStory ? storyUnderWay : [{ type: "passes", ms: enterMs }];
  const steps = lines.flatMap(([who, text]): SceneStep[] => [
    ...says(who, text),
    { type: "passes", ms: betweenSpeakersMs },
  ]);
  const text = lines.map(([who, line]) => `${who}: ${line}`).join(" / ");
  return {
    id: sceneId("room", set, index),
    kind: "room",
    set,
    text,
    members: ["Robin", "Kim"],
    steps: [...start, ...steps, { type: "passes", ms: 3_500 }],
  };
}

/** Both ask; the second begins so many ms after the first did. */
const overlaps: Readonly<
  Record<"tuned" | "held-out", readonly (readonly [string, string, number])[]>
> = {
  tuned: [
    ["What is seven plus five?", "What is two plus two?", 100],
    ["What is nine times nine?", "And what day is today?", 1_450],
  ],
  "held-out": [
    ["What is six plus one?", "What is three times three?", 300],
    ["Please tell me what time it is.", "And what is eight minus two?", 900],
  ],
};

function overlap(
  set: SceneSet,
  index: number,
  [first, second, afterMs]: readonly [string, string, number],
): Scene {
  const speech = (text: string) => ({ type: "speech" as const, text });
  return {
    id: sceneId("overlap", set, index),
    kind: "overlap",
    set,
    text: `${first} / ${second}`,
    members: ["Robin", "Kim"],
    steps: [
      { type: "passes", ms: enterMs },
      { type: "begins", who: "Robin", sound: speech(first) },
      { type: "begins", who: "Kim", sound: speech(second), afterMs },
      { type: "finishes" },
      { type: "passes", ms: 6_000 },
    ],
  };
}

/** In the room of somebody who spoke before, while the agent is silent and while it speaks. */
function televisions(set: SceneSet, index: number, text: string): Scene[] {
  const sound = { type: "speech" as const, text };
  return [-14, -26].flatMap((levelDb, loudness) =>
    [true, false].map((isOverStory, silent) => {
      const request = isOverStory ? "Please tell me a long story." : "What is seven plus five?";
      return {
        id: sceneId("television", set, index * 4 + loudness * 2 + silent),
        set,
        text,
        kind: "television" as const,
        steps: [
          { type: "passes", ms: enterMs },
          ...says("Robin", request),
          { type: "passes", ms: isOverStory ? 3_500 : 4_500 },
          { type: "begins", who: "television", sound, levelDb },
          { type: "finishes" },
          { type: "passes", ms: 2_500 },
        ],
      };
    }),
  );
}
