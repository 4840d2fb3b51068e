import { fromJSON, type ServiceDefinition } from "@grpc/proto-loader";
import protobuf from "protobufjs";
import { rivaProto, rivaRecognitionProto, rivaSynthesisProto } from "./riva-proto";

/** As Riva's documentation writes them; a message's absent fields have their defaults. */
const reading = { keepCase: true, enums: String, longs: Number, defaults: true, oneofs: true };

function loadDefinitions() {
  const root = new protobuf.Root();
  for (const text of [rivaProto, rivaRecognitionProto, rivaSynthesisProto]) {
    protobuf.parse(text, root, { keepCase: true });
  }
  return fromJSON(root.toJSON(), reading);
}

function serviceOf(definitions: ReturnType<typeof loadDefinitions>, name: string) {
  const definition = definitions[name];
  if (definition === undefined || "format" in definition) throw new TypeError(`no service ${name}`);
  return definition;
}

const definitions = loadDefinitions();

/** What a server implements and a client calls. */
export const rivaServices: { recognition: ServiceDefinition; synthesis: ServiceDefinition } = {
  recognition: serviceOf(definitions, "nvidia.riva.asr.RivaSpeechRecognition"),
  synthesis: serviceOf(definitions, "nvidia.riva.tts.RivaSpeechSynthesis"),
};
