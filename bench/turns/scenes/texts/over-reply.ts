import type { TextsBySet } from "./texts-by-set";

/** Words that only say: I am listening. */
export const backchannelTexts: TextsBySet = {
  tuned: [
    ...["Mm-hmm.", "Right.", "Okay.", "Yeah.", "I see.", "Uh-huh."],
    ...["Sure.", "Oh wow.", "Got it.", "Yeah, right.", "Really?", "That makes sense."],
  ],
  "held-out": [
    ...["Alright.", "Fair enough.", "Good point.", "Exactly.", "I know.", "Totally."],
    ...["No kidding.", "Nice.", "How lovely.", "Oh dear.", "That's funny.", "Very good."],
  ],
};

/** Words that want the floor, or silence. */
export const interruptionTexts: TextsBySet = {
  tuned: [
    ...["Stop.", "Wait, what time is it?", "No, I meant tomorrow.", "Excuse me."],
    ...["What is seven plus five?", "Hold on a second.", "That's not what I asked."],
    ...["Can you tell me a joke instead?", "Yeah, but what time is it?"],
    ...["Okay, thank you, that is enough.", "Right, and what is nine times nine?", "No."],
    ...["Parley.", "Okay [0.6] what is two plus two?"],
  ],
  "held-out": [
    ...["Never mind.", "Sorry, what was that?", "Be quiet, please.", "Tell me something else."],
    ...["How long is this story?", "I have to go now.", "Can we do this later?"],
    ...["Speak more slowly, please.", "Skip to the end.", "I don't want a story."],
    ...["One moment.", "Hang on, somebody is at the door.", "Well, what day is today?"],
    ...["Sure, but I am in a hurry."],
  ],
};

/** What others say on television. */
export const televisionTexts: TextsBySet = {
  tuned: [
    "The government said today that prices will rise again. The minister did not answer questions.",
  ],
  "held-out": [
    "And now the weather. It will be cold in the north, with some rain in the afternoon.",
    "What do you think about that, John? Well, I would say we have a good chance this year.",
  ],
};
