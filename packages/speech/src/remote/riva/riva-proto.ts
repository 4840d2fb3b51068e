/**
 * The part of Riva's public interface that Parley uses, with its names and field numbers
 * (https://github.com/nvidia-riva/common). A field that is missing here is ignored when it comes.
 */
export const rivaProto = `
syntax = "proto3";
package nvidia.riva;

enum AudioEncoding {
  ENCODING_UNSPECIFIED = 0;
  LINEAR_PCM = 1;
  FLAC = 2;
  MULAW = 3;
  OGGOPUS = 4;
  ALAW = 20;
}
`;

/** Recognition; the package that declares it imports the one above. */
export const rivaRecognitionProto = `
syntax = "proto3";
package nvidia.riva.asr;

service RivaSpeechRecognition {
  rpc StreamingRecognize(stream StreamingRecognizeRequest)
      returns (stream StreamingRecognizeResponse) {}
  rpc GetRivaSpeechRecognitionConfig(RivaSpeechRecognitionConfigRequest)
      returns (RivaSpeechRecognitionConfigResponse) {}
}

message RivaSpeechRecognitionConfigRequest {
  string model_name = 1;
}

message RivaSpeechRecognitionConfigResponse {
  message Config {
    string model_name = 1;
    map<string, string> parameters = 2;
  }
  repeated Config model_config = 1;
}

message StreamingRecognizeRequest {
  oneof streaming_request {
    StreamingRecognitionConfig streaming_config = 1;
    bytes audio_content = 2;
  }
}

message StreamingRecognitionConfig {
  RecognitionConfig config = 1;
  bool interim_results = 2;
}

message RecognitionConfig {
  nvidia.riva.AudioEncoding encoding = 1;
  int32 sample_rate_hertz = 2;
  string language_code = 3;
  int32 max_alternatives = 4;
  bool profanity_filter = 5;
  repeated SpeechContext speech_contexts = 6;
  int32 audio_channel_count = 7;
  bool enable_word_time_offsets = 8;
  bool enable_automatic_punctuation = 11;
  string model = 13;
  bool verbatim_transcripts = 14;
}

message SpeechContext {
  repeated string phrases = 1;
  float boost = 4;
}

message StreamingRecognizeResponse {
  repeated StreamingRecognitionResult results = 1;
}

message StreamingRecognitionResult {
  repeated SpeechRecognitionAlternative alternatives = 1;
  bool is_final = 2;
  float stability = 3;
  int32 channel_tag = 5;
  float audio_processed = 6;
}

message SpeechRecognitionAlternative {
  string transcript = 1;
  float confidence = 2;
  repeated WordInfo words = 3;
}

message WordInfo {
  int32 start_time = 1;
  int32 end_time = 2;
  string word = 3;
  float confidence = 4;
}
`;

/** Synthesis, likewise. */
export const rivaSynthesisProto = `
syntax = "proto3";
package nvidia.riva.tts;

service RivaSpeechSynthesis {
  rpc SynthesizeOnline(SynthesizeSpeechRequest) returns (stream SynthesizeSpeechResponse) {}
  rpc GetRivaSynthesisConfig(RivaSynthesisConfigRequest) returns (RivaSynthesisConfigResponse) {}
}

message RivaSynthesisConfigRequest {
  string model_name = 1;
}

message RivaSynthesisConfigResponse {
  message Config {
    string model_name = 1;
    map<string, string> parameters = 2;
  }
  repeated Config model_config = 1;
}

message SynthesizeSpeechRequest {
  string text = 1;
  string language_code = 2;
  nvidia.riva.AudioEncoding encoding = 3;
  int32 sample_rate_hz = 4;
  string voice_name = 5;
}

message SynthesizeSpeechResponse {
  bytes audio = 1;
}
`;
