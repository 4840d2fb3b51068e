import { Moon, Sun, SunMoon } from "lucide-react";
import { IconButton } from "../../components/icon-button";
import { preferencesStore, usePreferences } from "../../stores/preferences-store";

const themes = {
  system: { icon: SunMoon, label: "Theme: as the system", next: "light" },
  light: { icon: Sun, label: "Theme: light", next: "dark" },
  dark: { icon: Moon, label: "Theme: dark", next: "system" },
} as const;

/** Button that switches the theme: as the system, light, dark, and round again. */
export function ThemeSwitch() {
  const theme = usePreferences((preferences) => preferences.theme);
  const { icon, label, next } = themes[theme];
  return (
    <IconButton
      icon={icon}
      label={label}
      onClick={() => {
        preferencesStore.setState({ theme: next });
      }}
    />
  );
}
