import { requestDescription, type RemoteDescription } from "./remote-description";
import type { RemoteSettings } from "./remote-settings";
import { isRiva } from "./riva/riva-address";
import { describeRivaVoice } from "./riva/riva-transport";

/** Asks a voice's machine for its description, once. @throws AppError that names the machine */
export function describeVoice(
  settings: RemoteSettings,
  signal: AbortSignal,
): Promise<RemoteDescription> {
  const describe = isRiva(settings.url) ? describeRivaVoice : requestDescription;
  return describe(settings, signal);
}
