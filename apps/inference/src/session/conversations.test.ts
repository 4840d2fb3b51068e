import { describe } from "vitest";
import { answer, conversations, request, story, toldAll } from "../testing/conversation-table";

describe("the end of a turn", () => {
  conversations(
    [
      [
        "a question is answered at once",
        ["Ada: what time is it", "300 ms", "Ada: and where"],
        ["Ada: what time is it", "Parley: Yes.", "Ada: and where", "Parley: Yes."],
      ],
      [
        "two statements are one turn",
        ["Ada: I live here", "600 ms", "Ada: I work there"],
        ["Ada: I live here I work there", "Parley: Yes."],
      ],
      [
        "a long pause ends one",
        ["Ada: I live here", "1400 ms", "Ada: I work there"],
        ["Ada: I live here", "Parley: Yes.", "Ada: I work there", "Parley: Yes."],
      ],
      [
        "a dangling end waits",
        ["Ada: I went to the", "1500 ms", "Ada: doctor"],
        ["Ada: I went to the doctor", "Parley: Yes."],
      ],
      [
        "who announces a question is waited for",
        ["Ada: I have a question", "1500 ms", "Ada: what time is it"],
        ["Ada: I have a question what time is it", "Parley: Yes."],
      ],
      [
        "a filler waits",
        ["Ada: I want um", "1500 ms", "Ada: tea"],
        ["Ada: I want um tea", "Parley: Yes."],
      ],
      [
        "figures wait",
        ["Ada: my number is five six", "1500 ms", "Ada: one two"],
        ["Ada: my number is five six one two", "Parley: Yes."],
      ],
      [
        "a whole telephone number is a statement",
        ["Ada: five six five one two three four", "1200 ms", "Ada: and call soon"],
        [
          "Ada: five six five one two three four",
          "Parley: Yes.",
          "Ada: and call soon",
          "Parley: Yes.",
        ],
      ],
      [
        "figures of which nothing was said may go on after a second",
        ["Ada: four five one two", "1000 ms", "Ada: six seven"],
        ["Ada: four five one two six seven", "Parley: Yes."],
      ],
      [
        "and may be all",
        ["Ada: four five one two", "1600 ms", "Ada: what is that"],
        ["Ada: four five one two", "Parley: Yes.", "Ada: what is that", "Parley: Yes."],
      ],
      [
        "letters wait",
        ["Ada: my name is spelled K A", "1500 ms", "Ada: T E"],
        ["Ada: my name is spelled K A T E", "Parley: Yes."],
      ],
      [
        "a cough between question and answer delays nothing",
        ["Ada: what time is it", "Ada coughs 200"],
        ["Ada: what time is it", "Parley: Yes."],
      ],
    ],
    { answer },
  );
  conversations(
    [
      [
        "an impatient agent waits less",
        ["Ada: I live here", "700 ms", "Ada: I work there"],
        ["Ada: I live here", "Parley: Yes.", "Ada: I work there", "Parley: Yes."],
      ],
    ],
    { answer, patience: "quick" },
  );
  conversations(
    [
      [
        "a patient one waits longer",
        ["Ada: I live here", "1200 ms", "Ada: I work there"],
        ["Ada: I live here I work there", "Parley: Yes."],
      ],
    ],
    { answer, patience: "patient" },
  );
  conversations(
    [
      [
        "who goes on as the agent begins had not finished",
        ["Ada: tell me a story", "400 ms", "Ada: about a dog"],
        [
          "Ada: tell me a story",
          "(silent)",
          "(cut)",
          "Parley: …/",
          "Ada: tell me a story about a dog",
          toldAll,
        ],
      ],
    ],
    { answer, settings: { lateCorrectionMs: 1_000 } },
  );
});

describe("speech over a reply", () => {
  conversations(
    [
      [
        "mm-hmm listens",
        [...request, "Ada: mm-hmm"],
        ["Ada: tell me a story", "(low)", "(on)", "Ada: mm-hmm", toldAll],
      ],
      [
        "three words may listen",
        [...request, "Ada: that makes sense"],
        ["Ada: tell me a story", "(low)", "(on)", "Ada: that makes sense", toldAll],
      ],
      [
        "I see listens",
        [...request, "Ada: I see"],
        ["Ada: tell me a story", "(low)", "(on)", "Ada: I see", toldAll],
      ],
      [
        "no is listened to in silence, cuts it if it lasts, and no way lets it go on from the word that was cut",
        [...request, "Ada: no way"],
        [
          ...["Ada: tell me a story", "(low)", "(silent)", "(cut)", "Parley: …/", "Ada: no way"],
          `Parley: lighthouse. ${story.slice(1).join("")}`,
        ],
      ],
      [
        "a cough is nothing",
        [...request, "Ada coughs 300"],
        ["Ada: tell me a story", "(low)", "(on)", toldAll],
      ],
      ["a click is less", [...request, "Ada coughs 40"], ["Ada: tell me a story", toldAll]],
      [
        "two listening sounds do not flap",
        [...request, "Ada: yeah", "200 ms", "Ada: right"],
        ["Ada: tell me a story", "(low)", "(on)", "Ada: yeah right", toldAll],
      ],
      [
        "stop stops, unanswered",
        [...request, "Ada: stop"],
        ["Ada: tell me a story", "(low)", "(cut)", "Parley: …/", "Ada: stop"],
      ],
      [
        "a question stops it and is answered",
        [...request, "Ada: what time is it"],
        [
          "Ada: tell me a story",
          "(low)",
          "(cut)",
          "Parley: …/",
          "Ada: what time is it",
          "Parley: Yes.",
        ],
      ],
      [
        "yeah but stops it",
        [...request, "Ada: yeah but what time is it"],
        [
          "Ada: tell me a story",
          "(low)",
          "(cut)",
          "Parley: …/",
          "Ada: yeah but what time is it",
          "Parley: Yes.",
        ],
      ],
      [
        "its name stops it",
        [...request, "Ada: Parley"],
        ["Ada: tell me a story", "(low)", "(cut)", "Parley: …/", "Ada: Parley", "Parley: Yes."],
      ],
      [
        "somebody who has to say something stops it",
        [...request, "Ada: I need my coat"],
        [
          "Ada: tell me a story",
          "(low)",
          "(silent)",
          "(cut)",
          "Parley: …/",
          "Ada: I need my coat",
          "Parley: Yes.",
        ],
      ],
      [
        "typed text stops it",
        [...request, "Ada types: what now"],
        ["Ada: tell me a story", "(cut)", "Parley: …/", "Parley: Yes."],
      ],
      [
        "its own words are taken back",
        [...request, "Ada: there was a small robot"],
        ["Ada: tell me a story", "(low)", "(on)", "(taken back)", toldAll],
      ],
    ],
    { answer },
  );
});

describe("several people", () => {
  const members = ["Ada", "Ben"];
  conversations(
    [
      [
        "who is called answers, not the agent",
        ["Ada: Ben, are you there", "400 ms", "Ben: yes I am"],
        ["Ada: Ben, are you there", "Ben: yes I am"],
      ],
      [
        "the agent answers to its name",
        ["Ada: Parley, what time is it"],
        ["Ada: Parley, what time is it", "Parley: Yes."],
      ],
      [
        "a question to all is the agent's after a while",
        ["Ada: what time is it"],
        ["Ada: what time is it", "Parley: Yes."],
      ],
      [
        "unless somebody else answers it",
        ["Ada: what time is it", "600 ms", "Ben: it is noon"],
        ["Ada: what time is it", "Ben: it is noon"],
      ],
      [
        "two who ask at once get one reply",
        ["Ada: Parley, what time is it + Ben: Parley, what day is it"],
        ["Ada: Parley, what time is it", "Ben: Parley, what day is it", "Parley: Yes."],
      ],
      [
        "what they say to each other stops no reply",
        [
          "Ada: Parley, tell me a story",
          "Parley speaks",
          "1000 ms",
          "Ben: Ada, can you give me that",
        ],
        [
          "Ada: Parley, tell me a story",
          "(low)",
          "(on)",
          "Ben: Ada, can you give me that",
          toldAll,
        ],
      ],
      [
        "anybody may stop it",
        ["Ada: Parley, tell me a story", "Parley speaks", "1000 ms", "Ben: stop"],
        [
          ...["Ada: Parley, tell me a story", "(low)", "(silent)", "(cut)", "Parley: …/"],
          "Ben: stop",
        ],
      ],
    ],
    { answer, members },
  );
  conversations(
    [
      [
        "a room may want everything answered",
        ["Ada: Ben, are you there"],
        ["Ada: Ben, are you there", "Parley: Yes."],
      ],
    ],
    { answer, members, answers: "always" },
  );
});
