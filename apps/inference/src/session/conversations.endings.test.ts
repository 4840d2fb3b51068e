import { describe } from "vitest";
import {
  answer,
  conversations,
  request,
  story,
  toldAll,
  UnhurriedSynthesizer,
} from "../testing/conversation-table";

const isStory = (question: string) => question.includes("story");

describe("the end of a turn, by its words", () => {
  conversations(
    [
      [
        "a request is carried out at once",
        ["Ada: turn it on", "400 ms", "Ada: and off"],
        ["Ada: turn it on", "Parley: Yes.", "Ada: and off", "Parley: Yes."],
      ],
      [
        "a question may end in a small word",
        ["Ada: what is the weather like", "300 ms", "Ada: and there"],
        ["Ada: what is the weather like", "Parley: Yes.", "Ada: and there", "Parley: Yes."],
      ],
      [
        "a list without its end waits",
        ["Ada: I need milk, bread,", "1000 ms", "Ada: and butter"],
        ["Ada: I need milk, bread, and butter", "Parley: Yes."],
      ],
      [
        "three sentences are one turn",
        ["Ada: I live here", "500 ms", "Ada: I work there", "500 ms", "Ada: I like both"],
        ["Ada: I live here I work there I like both", "Parley: Yes."],
      ],
      [
        "a cough in a pause within a sentence ends nothing",
        ["Ada: I went to the", "500 ms", "Ada coughs 200", "800 ms", "Ada: doctor"],
        ["Ada: I went to the doctor", "Parley: Yes."],
      ],
    ],
    { answer },
  );
  conversations(
    [
      [
        "the answer that the agent asked for is over at once",
        [
          "Ada: I want tickets",
          "Parley speaks",
          "2000 ms",
          "Ada: twelve",
          "600 ms",
          "Ada: in total",
        ],
        [
          ...["Ada: I want tickets", "Parley: How many do you want?", "Ada: twelve"],
          ...["(low)", "Parley: How many do you want?", "Ada: in total"],
          "Parley: How many do you want?",
        ],
      ],
      [
        "and may begin before the agent is done",
        ["Ada: I want tickets", "Parley speaks", "Ada: twelve"],
        [
          ...["Ada: I want tickets", "(low)", "Parley: How many do you want?"],
          ...["Ada: twelve", "Parley: How many do you want?"],
        ],
      ],
    ],
    { answer: () => ["How many do you want?"] },
  );
  conversations(
    [
      [
        "an address comes in parts",
        [
          "Ada: send it to me",
          "Parley speaks",
          "2000 ms",
          "Ada: Main Street",
          "1100 ms",
          "Ada: Boston",
        ],
        [
          ...["Ada: send it to me", "Parley: What is your address?"],
          ...["Ada: Main Street Boston", "Parley: What is your address?"],
        ],
      ],
    ],
    { answer: () => ["What is your address?"] },
  );
  conversations(
    [
      [
        "the recogniser's own sign ends a statement at once",
        ["Ada: I live here", "400 ms", "Ada: I work there"],
        ["Ada: I live here", "Parley: Yes.", "Ada: I work there", "Parley: Yes."],
      ],
      [
        "but no sentence that lacks its end",
        ["Ada: I live in", "1500 ms", "Ada: Boston"],
        ["Ada: I live in Boston", "Parley: Yes."],
      ],
    ],
    { answer, marks: { here: "end-of-utterance", in: "end-of-utterance" } },
  );
});

describe("the end of a turn, by its sound", () => {
  conversations(
    [
      [
        "a statement that sounds open waits longer",
        ["Ada: I live here", "1100 ms", "Ada: I work there"],
        ["Ada: I live here I work there", "Parley: Yes."],
      ],
      [
        "not for ever",
        ["Ada: I live here", "1600 ms", "Ada: I work there"],
        ["Ada: I live here", "Parley: Yes.", "Ada: I work there", "Parley: Yes."],
      ],
      [
        "a question that sounds open is answered at once",
        ["Ada: what time is it", "400 ms", "Ada: and where"],
        ["Ada: what time is it", "Parley: Yes.", "Ada: and where", "Parley: Yes."],
      ],
      [
        "a statement that sounds open gets no nudge",
        ["Ada: I live here"],
        ["Ada: I live here", "Parley: Yes."],
      ],
    ],
    { answer, sound: 0.01 },
  );
  conversations(
    [
      [
        "a list that sounds over waits no longer than a statement",
        ["Ada: I need milk, bread,", "1000 ms", "Ada: and butter"],
        ["Ada: I need milk, bread,", "Parley: Yes.", "Ada: and butter", "Parley: Yes."],
      ],
      [
        "words that lack their end wait, whatever their sound",
        ["Ada: I went to the", "1500 ms", "Ada: doctor"],
        ["Ada: I went to the doctor", "Parley: Yes."],
      ],
      [
        "a statement that sounds over waits as long as any",
        ["Ada: I live here", "600 ms", "Ada: I work there"],
        ["Ada: I live here I work there", "Parley: Yes."],
      ],
    ],
    { answer, sound: 0.99 },
  );
});

describe("a nudge", () => {
  conversations(
    [
      [
        "is said once to words without their end, and then they are answered as they are",
        ["Ada: I want to go to the", "2000 ms"],
        ["Parley: Go on.", "Ada: I want to go to the", "Parley: Yes."],
      ],
      [
        "asks for the rest of a number",
        ["Ada: my number is five", "4000 ms", "Ada: six seven one two three four"],
        ["Parley: Go on.", "Ada: my number is five six seven one two three four", "Parley: Yes."],
      ],
      [
        "leaves the turn open: what follows joins it",
        ["Ada: I want to go to the", "4000 ms", "Ada: doctor"],
        ["Parley: Go on.", "Ada: I want to go to the doctor", "Parley: Yes."],
      ],
      [
        "is not begun when somebody speaks just then",
        ["Ada: I want to go to the", "2420 ms", "Ada: doctor in town"],
        ["Ada: I want to go to the doctor in town", "Parley: Yes."],
      ],
      [
        "is a question to who only calls",
        ["Ada: hey Parley", "4000 ms", "Ada: what time is it"],
        ["Parley: Yes?", "Ada: hey Parley what time is it", "Parley: Yes."],
      ],
      [
        "is not said to figures that may be all",
        ["Ada: my pin is one two three four"],
        ["Ada: my pin is one two three four", "Parley: Yes."],
      ],
      [
        "is not said to a name that is spelled",
        ["Ada: my name is spelled K A T E"],
        ["Ada: my name is spelled K A T E", "Parley: Yes."],
      ],
      [
        "is not said to whole sentences",
        ["Ada: I live here"],
        ["Ada: I live here", "Parley: Yes."],
      ],
      [
        "is said once a turn",
        ["Ada: I want to go to the", "4000 ms", "Ada: doctor and"],
        ["Parley: Go on.", "Ada: I want to go to the doctor and", "Parley: Yes."],
      ],
      [
        "is not said in the next turn again",
        ["Ada: I want to go to the", "7500 ms", "Ada: because of the"],
        [
          ...["Parley: Go on.", "Ada: I want to go to the", "Parley: Yes."],
          ...["Ada: because of the", "Parley: Yes."],
        ],
      ],
      [
        "is not said to what cut a reply off",
        [...request, "Ada: what about the"],
        [
          ...["Ada: tell me a story", "(low)", "(cut)", "Parley: …/"],
          ...["Ada: what about the", "Parley: Yes."],
        ],
      ],
    ],
    { answer },
  );
  conversations(
    [
      [
        "is silent as soon as somebody speaks",
        ["Ada: I want to go to the", "2600 ms", "Ada: doctor in town"],
        ["(cut)", "Parley: …/", "Ada: I want to go to the doctor in town", "Parley: Yes."],
      ],
      [
        "can be silenced with the button",
        ["Ada: I want to go to the", "2800 ms", "Ada interrupts"],
        ["(cut)", "Parley: …/", "Ada: I want to go to the", "Parley: Yes."],
      ],
      [
        "gives way to typed text, which is answered with what it asked for",
        ["Ada: I want to go to the", "2800 ms", "Ada types: the doctor I mean"],
        ["(cut)", "Parley: …/", "Ada: I want to go to the", "Parley: Yes."],
      ],
    ],
    { answer, synthesizer: new UnhurriedSynthesizer() },
  );
  conversations(
    [
      [
        "may be forbidden",
        ["Ada: I want to go to the"],
        ["Ada: I want to go to the", "Parley: Yes."],
      ],
    ],
    { answer, settings: { nudgedWaitMs: 0 } },
  );
  const members = ["Ada", "Ben"];
  conversations(
    [
      ["is not said among people", ["Ada: I want to go to the"], ["Ada: I want to go to the"]],
      [
        "unless the agent is spoken to",
        ["Ada: Parley, I want to go to the", "4000 ms", "Ada: doctor"],
        ["Parley: Go on.", "Ada: Parley, I want to go to the doctor", "Parley: Yes."],
      ],
      [
        "is not said while somebody else speaks",
        [
          ...["Ada: Parley, I want to go to the", "1600 ms"],
          "Ben: I would say that the weather will be fine",
        ],
        [
          "Ada: Parley, I want to go to the",
          "Ben: I would say that the weather will be fine",
          "Parley: Yes.",
        ],
      ],
    ],
    { answer, members },
  );
  conversations(
    [
      [
        "is not said among people whose every word is answered",
        ["Ada: I want to go to the"],
        ["Ada: I want to go to the", "Parley: Yes."],
      ],
    ],
    { answer, members, answers: "always" },
  );
});

describe("a backchannel by the recogniser's own sign", () => {
  const rest = `Parley: lighthouse. ${story.slice(1).join("")}`;
  conversations(
    [
      [
        "lets the reply go on that its first word cut off",
        [...request, "Ada: my goodness"],
        ["Ada: tell me a story", "(low)", "(cut)", "Parley: …/", "Ada: my goodness", rest],
      ],
      [
        "is none with many words",
        [...request, "Ada: I do not want to hear it right"],
        [
          ...["Ada: tell me a story", "(low)", "(cut)", "Parley: …/"],
          ...["Ada: I do not want to hear it right", "Parley: Yes."],
        ],
      ],
      [
        "is none that asks for silence",
        [...request, "Ada: stop right"],
        ["Ada: tell me a story", "(low)", "(cut)", "Parley: …/", "Ada: stop right", "Parley: Yes."],
      ],
      [
        "is none with a name",
        [...request, "Ada: Parley right"],
        [
          "Ada: tell me a story",
          "(low)",
          "(cut)",
          "Parley: …/",
          "Ada: Parley right",
          "Parley: Yes.",
        ],
      ],
      [
        "is a statement to an agent that is silent",
        ["Ada: my goodness"],
        ["Ada: my goodness", "Parley: Yes."],
      ],
    ],
    { answer, marks: { goodness: "end-of-backchannel", right: "end-of-backchannel" } },
  );
  conversations(
    [
      [
        "is missed without it",
        [...request, "Ada: my goodness"],
        [
          "Ada: tell me a story",
          "(low)",
          "(cut)",
          "Parley: …/",
          "Ada: my goodness",
          "Parley: Yes.",
        ],
      ],
    ],
    { answer: (question) => (isStory(question) ? story : ["Yes."]) },
  );
});

describe("a reply", () => {
  conversations(
    [
      [
        "is silenced by the button, and nothing else is said",
        [...request, "Ada interrupts"],
        ["Ada: tell me a story", "(cut)", "Parley: …/"],
      ],
      [
        "goes on over long laughter",
        [...request, "Ada coughs 1500"],
        ["Ada: tell me a story", "(low)", "(silent)", "(on)", toldAll],
      ],
      [
        "stops when the last one leaves",
        [...request, "Ada leaves"],
        ["Ada: tell me a story", "(cut)", "Parley: …/"],
      ],
      ["goes on when somebody joins", [...request, "Ben joins"], ["Ada: tell me a story", toldAll]],
    ],
    { answer },
  );
  conversations(
    [
      ["comes first to who is silent", ["2000 ms"], ["Parley: Hello there."]],
      [
        "waits for who speaks first",
        ["Ada: what time is it"],
        ["Ada: what time is it", "Parley: Yes."],
      ],
    ],
    { answer, greeting: "Hello there." },
  );
});
