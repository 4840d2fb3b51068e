import { Mic, Volume2 } from "lucide-react";
import {
  canChooseSpeaker,
  type AudioDevice,
  type AudioDevices,
} from "@parley/client/sound/audio-devices";
import { SelectField } from "../../components/select-field";

type DeviceSelectsProps = {
  devices: AudioDevices;
  microphoneId: string | null;
  speakerId: string | null;
  onChooseMicrophone: (deviceId: string | null) => void;
  onChooseSpeaker: (deviceId: string | null) => void;
};

/** Menus for microphone and speaker; the empty option follows the system. */
export function DeviceSelects(props: DeviceSelectsProps) {
  const { devices } = props;
  return (
    <div className="grid gap-4">
      <SelectField
        label="Microphone"
        icon={Mic}
        value={selectedId(devices.microphones, props.microphoneId)}
        options={options(devices.microphones, "Microphone")}
        onChoose={(value) => {
          props.onChooseMicrophone(value === "" ? null : value);
        }}
      />
      {canChooseSpeaker() && (
        <SelectField
          label="Speaker"
          icon={Volume2}
          value={selectedId(devices.speakers, props.speakerId)}
          options={options(devices.speakers, "Speaker")}
          onChoose={(value) => {
            props.onChooseSpeaker(value === "" ? null : value);
          }}
        />
      )}
    </div>
  );
}

/** Device id to select; the empty option where the saved device is not plugged in. */
function selectedId(devices: readonly AudioDevice[], deviceId: string | null): string {
  return devices.some((device) => device.deviceId === deviceId) ? (deviceId ?? "") : "";
}

function options(devices: readonly AudioDevice[], kind: string) {
  return [
    { value: "", label: "System default" },
    ...devices.map((device, index) => ({
      value: device.deviceId,
      label: device.label === "" ? `${kind} ${index + 1}` : device.label,
    })),
  ];
}
