import { preferencesStore, usePreferences } from "../../stores/preferences-store";
import { SettingSwitch } from "./setting-switch";

/**
 * What the browser does to the microphone's sound. Noise suppression spoils music, and what a headset
 * has cleaned already. The echo canceller, where there is no echo, swallows who speaks over the agent's
 * first sentences.
 *
 * @param props.onChange the preferences have changed: the microphone must be opened anew
 */
export function MicrophoneSwitches({ onChange }: { onChange: () => void }) {
  return (
    <div className="grid">
      {switches.map(({ preference, label }) => (
        <PreferenceSwitch
          key={preference}
          preference={preference}
          label={label}
          onChange={onChange}
        />
      ))}
    </div>
  );
}

const switches = [
  { preference: "wearsHeadphones", label: "I wear headphones" },
  { preference: "suppressesNoise", label: "Take noise out of my voice" },
] as const;

type PreferenceSwitchProps = {
  preference: (typeof switches)[number]["preference"];
  label: string;
  onChange: () => void;
};

function PreferenceSwitch({ preference, label, onChange }: PreferenceSwitchProps) {
  const isOn = usePreferences((preferences) => preferences[preference]);
  return (
    <SettingSwitch
      label={label}
      isOn={isOn}
      onChange={(isNowOn) => {
        preferencesStore.setState({ [preference]: isNowOn });
        onChange();
      }}
    />
  );
}
