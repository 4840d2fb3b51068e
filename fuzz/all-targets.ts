import type { FuzzTarget } from "./fuzz-target";
import { agentLink } from "./targets/agent-link";
import { agentSocket } from "./targets/agent-socket";
import { calculator } from "./targets/calculator";
import { checkpoint } from "./targets/checkpoint";
import { dataChannel } from "./targets/data-channel";
import { microphoneTap } from "./targets/microphone-tap";
import { onnx } from "./targets/onnx";
import { otherMachines } from "./targets/other-machines";
import { pickle } from "./targets/pickle";
import { realtimeSocket } from "./targets/realtime-socket";
import { roomFile } from "./targets/room-file";
import { sentencepiece } from "./targets/sentencepiece";
import { signalling } from "./targets/signalling";
import { signallingSocket } from "./targets/signalling-socket";
import { soundFile } from "./targets/sound-file";
import { recognitionSocket, synthesisSocket } from "./targets/speech-sockets";
import { toolCalls } from "./targets/tool-calls";
import { transcriptionUpload } from "./targets/transcription-upload";

/** Every place where bytes of others come in. */
export const allTargets: readonly FuzzTarget[] = [
  agentLink,
  agentSocket,
  calculator,
  checkpoint,
  dataChannel,
  microphoneTap,
  onnx,
  otherMachines,
  pickle,
  realtimeSocket,
  recognitionSocket,
  roomFile,
  sentencepiece,
  signalling,
  signallingSocket,
  soundFile,
  synthesisSocket,
  toolCalls,
  transcriptionUpload,
];
