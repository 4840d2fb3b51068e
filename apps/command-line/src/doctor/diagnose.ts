import { checkDataFolder } from "./checks/check-data-folder";
import { checkFfmpeg } from "./checks/check-ffmpeg";
import { checkModels } from "./checks/check-models";
import { checkNode } from "./checks/check-node";
import { checkPorts } from "./checks/check-ports";
import { checkWorker } from "./checks/check-worker";
import { examineSettings, settingStates, type SettingState } from "./examine-settings";
import type { Finding } from "./finding";
import type { Patient } from "./patient";

/** Result of `parley doctor`, for people and as JSON. */
export type Diagnosis = {
  settings: readonly SettingState[];
  findings: readonly Finding[];
};

/** Looks at the environment and the machine. Rejects only with the signal's reason. */
export async function diagnose(patient: Patient): Promise<Diagnosis> {
  const checks = await Promise.all([
    checkDataFolder(patient),
    checkWorker(patient),
    checkModels(patient),
    checkPorts(patient),
    checkFfmpeg(patient),
  ]);
  const { environment } = patient;
  return {
    settings: settingStates(environment),
    findings: [...examineSettings(environment), checkNode(patient), ...checks.flat()],
  };
}
