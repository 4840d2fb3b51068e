import { describe, expect, it } from "vitest";
import { TranscriptTurnDetector } from "./transcript-turn-detector";
import { kindOfUtterance } from "./utterance-kind";

function kindOf(text: string, agentsQuestion: string | null = null, language = "en") {
  return kindOfUtterance(text, { language, agentsQuestion, names: ["Parley", "Will", "Kim Lee"] });
}

describe("kindOfUtterance", () => {
  it.each([
    "what time is it",
    "tell me a joke.",
    "change the color to blue",
    "save it to my documents",
    "What's the weather like? In Paris.",
    "Tell me a story. About a robot.",
    "Write down the numbers. Separated by commas, as we always do it here.",
    "Can you help me?",
    "how are you",
    "where are you from",
    "what are you good for",
    "what did i say",
    "stop",
    "What time is it?",
    "What is this?",
    "Who are they?",
    "Stop.",
    "You like tea?",
    "“Tell me a story.”",
    "What is the weather like",
    "What is the weather like?",
    "Turn it on.",
    "Can you tell me what time it is?",
    "turn it on",
    "Okay, and what is nine times nine?",
    "Hello. My name is Robin. How are you today?",
    "what is twelve times seven",
    "count to ten",
    "spell computer",
    "parley what time is it",
    "Okay, Kim, tell me a joke.",
    "will you come with me",
    "Please try again.",
    "please hold while i look for it",
    "okay please enter the number of the room",
    "The bill, please.",
    "turn it on please",
  ])("waits for the agent: %s", (text) => {
    expect(kindOf(text)).toBe("asked");
  });

  it.each([
    "my favourite colour is blue",
    "My favourite colour is blue",
    "My favourite colour is blue.",
    "Thank you very much.",
    "hello",
    "yes",
    "mm-hmm",
    "twelve",
    "new york",
    "That is all I have.",
    "that's what i was looking for",
    "I don't know what that is.",
    "I like that.",
    "I want to know what time it is.",
    "I would love to.",
    "Yes, I am.",
    "Really?",
    "five five five one two three four",
    "triple five one two three four",
    "My number is 555-1234.",
    "it is six one seven five five five one two three four",
    "my phone number is zero two zero seven nine four six zero nine five eight",
    "call me at plus four four two zero seven nine four six zero nine five eight",
    "It is +49 30 901820 55.",
    "my zip code is zero two one three nine",
    "my pin is one two three four",
    "Remember that the meeting is at three.",
    "It was 2026.",
  ])("is a whole statement: %s", (text) => {
    expect(kindOf(text)).toBe("told");
  });

  it.each([
    "tell me a long",
    "I need milk, bread",
    "I watch t v",
    "I live in Boston,",
    // A number that nobody announced, or one of which figures were run together.
    "five one two three four",
    "seven seven one nine",
  ])("may lack its end: %s", (text) => {
    expect(kindOf(text)).toBe("unsure");
  });

  it.each([
    "i want to go to the",
    "i went there and",
    "because",
    "um",
    "my name is",
    "well i was thinking um",
    "I would like, ",
    "let me think",
    "it was...",
    "can you",
    "what is",
    "remember that",
    "how about",
    "and then i say",
    "What I wanted to say is",
    "what i wanted to say is",
    "what i wanted to say",
    "what we need",
    "can you tell me",
    "Could you please",
    "how much is",
    "my phone number is",
    "my phone number is five",
    "My phone number is 555.",
    "one two three",
    "five five five one two three double",
    "my zip code is zero two one",
    "My name is spelled R. O.",
    "my name is spelled",
    "what is twelve",
    "count from one",
    "spell the word",
    "what is the name of",
    "I have a question.",
    "well i've got a question",
    "please enter the",
    "parley please",
    "one moment please",
  ])("lacks its end: %s", (text) => {
    expect(kindOf(text)).toBe("open");
  });

  it.each([
    "my code is one two three four",
    "my phone number is five five five one two",
    "my phone number is zero two zero seven nine four six",
    "plus four four two zero seven nine",
    "My name is spelled R. O. B.",
    "my name is spelled ROB",
  ])("may be a whole row, or not: %s", (text) => {
    expect(kindOf(text)).toBe("row");
  });

  it.each([
    "Seven of.",
    "My name is.",
    "And then.",
    "Because.",
    "Can you?",
    "What is the?",
    "What about?",
    "Tell me about.",
    "It was the age of.",
    "Hey, Parley.",
    "Well, I was thinking, um.",
    "I went to-",
    "My phone number is five.",
    "",
    "...",
  ])("lacks its end whatever mark is written: %s", (text) => {
    expect(kindOf(text)).toBe("open");
  });

  it.each([
    ["How many do you want?", "twelve", "asked"],
    ["Shall I go on?", "Yes.", "asked"],
    ["What is your name?", "Robin.", "told"],
    ["What is your name?", "Robin Hood.", "asked"],
    ["What is your phone number?", "five", "open"],
    ["What is your phone number?", "five five five one two three four", "told"],
    ["What is your address?", "Main Street", "unsure"],
    ["Can you spell that?", "R", "open"],
    ["What did you do?", "I went to the", "open"],
    ["What did you do?", "we drove to the sea last summer", "told"],
    ["What did you do?", "What do you mean?", "asked"],
  ] as const)("goes by what the agent asked: %s %s", (question, text, kind) => {
    expect(kindOf(text, question)).toBe(kind);
  });

  it.each([
    ["de", "wie spät ist es", "asked"],
    ["de", "Wie alt bist du?", "asked"],
    ["de-AT", "mach das Licht an", "asked"],
    ["de", "ich weiß nicht was das ist", "told"],
    ["de", "ich wohne in", "open"],
    ["de", "meine Nummer ist null eins", "open"],
    ["de", "meine Telefonnummer ist null drei null neun null eins acht", "row"],
    ["de", "null drei null neun null eins acht zwei null fünf", "told"],
    ["fr", "zéro un quatre deux six huit cinq trois zéro zéro", "told"],
    ["fr", "mon téléphone est le zéro un quatre deux six huit", "row"],
    ["es", "mi teléfono es nueve uno cinco dos dos tres tres cuatro cuatro", "told"],
    ["it", "il mio numero è tre quattro sette uno due tre quattro cinque sei sette", "told"],
    ["fr", "quelle heure est-il", "asked"],
    ["fr", "un café, s'il vous plaît", "asked"],
    ["de", "bitte halten Sie den Zug an", "asked"],
    ["de", "bitte die", "open"],
    ["es", "por favor espere aquí", "asked"],
    ["it", "per favore", "open"],
    ["fr", "je ne sais pas", "told"],
    ["fr", "je voudrais parler avec", "open"],
    ["es", "¿Cómo está?", "asked"],
    ["es", "vivo en", "open"],
    ["it", "dove sei", "asked"],
    ["it", "il mio nome è", "open"],
    // A language without lists: figures and marks alone.
    ["ja", "今日は寒いです。", "told"],
    ["nl", "ik woon in Utrecht", "told"],
  ] as const)(
    "knows other languages, and takes none for English: %s, %s",
    (language, text, kind) => {
      expect(kindOf(text, null, language)).toBe(kind);
    },
  );

  it.each([
    ["what time is it", null, "asked"],
    ["i live in boston", null, "told"],
    ["i live in boston", "end-of-utterance", "asked"],
    ["i live in boston", "end-of-backchannel", "told"],
    ["my phone number is five", "end-of-utterance", "open"],
    ["i went to the", "end-of-utterance", "open"],
  ] as const)(
    "is the detector's, with the recogniser's own sign: %s, %s",
    async (text, heardEnding, kind) => {
      const question = { text, language: "en", agentsQuestion: null, names: [], heardEnding };
      await expect(new TranscriptTurnDetector().estimate(question)).resolves.toBe(kind);
    },
  );
});
