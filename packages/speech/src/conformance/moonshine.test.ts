import { conversationMoonshine } from "../engines/recognizer-choice";
import { openRecognizer } from "../engines/open-recognizer";
import { builtinModel, moonshineModel } from "../testing/builtin-model";
import { loadPeople } from "../testing/people";
import { describeRecognizer } from "./recognizer-conformance";

const people = loadPeople();
const recordingOf = (file: string) => {
  const found = people.find((recording) => recording.file === file);
  if (found === undefined) throw new TypeError(`no recording ${file}`);
  return found.samples;
};

describeRecognizer({
  name: "Moonshine",
  open: () => openRecognizer(conversationMoonshine({ model: moonshineModel }, builtinModel)),
  recordings: [recordingOf("ps-001.wav"), recordingOf("ps-0930.wav")],
  text: "Ten of clubs.",
});
