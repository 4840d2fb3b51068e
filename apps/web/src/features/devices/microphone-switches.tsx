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
  const wearsHeadphones = usePreferences((preferences) => preferences.wearsHeadphones);
  const suppressesNoise = usePreferences((preferences) => preferences.suppressesNoise);
  return (
    <div className="grid">
      <SettingSwitch
        label="I wear headphones"
        isOn={wearsHeadphones}
        onChange={(isOn) => {
          preferencesStore.setState({ wearsHeadphones: isOn });
          onChange();
        }}
      />
      <SettingSwitch
        label="Take noise out of my voice"
        isOn={suppressesNoise}
        onChange={(isOn) => {
          preferencesStore.setState({ suppressesNoise: isOn });
          onChange();
        }}
      />
    </div>
  );
}
