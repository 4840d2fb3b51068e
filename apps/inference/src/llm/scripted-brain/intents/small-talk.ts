import { says, type Heard, type Intent } from "../heard";

/** What people say to be friendly, or to be left alone. */
export const smallTalk: Intent = (heard) => {
  if (says(heard, "thanks", "thank you", "thank")) return "You are welcome.";
  if (says(heard, "goodbye", "bye", "see you", "good night", "farewell")) {
    return `Goodbye${called(heard)}. It was nice talking with you.`;
  }
  if (says(heard, "never mind", "stop", "be quiet", "forget it", "cancel", "shut up")) {
    return "Okay. I am listening.";
  }
  if (says(heard, "can you hear me", "do you hear me", "are you there", "is anybody there")) {
    return `Yes${called(heard)}, I can hear you.`;
  }
  if (says(heard, "how are you", "how do you do", "how's it going", "how is it going")) {
    return "I am fine, thank you. How are you?";
  }
  if (says(heard, "nice to meet you", "pleased to meet you")) return "Nice to meet you too.";
  if (says(heard, "i am fine", "i'm fine", "i am good", "i'm good", "i am well")) {
    return "I am glad to hear that. What can I do for you?";
  }
  if (says(heard, "good job", "well done", "very good", "that's great", "i like you")) {
    return "Thank you, that is kind.";
  }
  if (says(heard, "i love you")) return "That is kind of you. I am only a script, but a happy one.";
  return null;
};

/** "Hello." Last among the intents: whoever greets and asks wants the answer. */
export const greeting: Intent = (heard) => {
  const greets = says(heard, "hello", "hi", "good morning", "good afternoon", "good evening");
  const isBareHey = heard.words.length === 0 && /\bhey\b/i.test(heard.text);
  return greets || isBareHey ? `Hello${called(heard)}! What can I do for you?` : null;
};

/** ", Anna", where the name is known. */
function called({ name }: Heard): string {
  return name === null ? "" : `, ${name}`;
}
