import { Monitor, Moon, Sun } from "lucide-react";
import { IconButton } from "./icon-button";

const themes = {
  system: { icon: Monitor, label: "Theme: as the system", next: "light" },
  light: { icon: Sun, label: "Theme: light", next: "dark" },
  dark: { icon: Moon, label: "Theme: dark", next: "system" },
} as const;

type ThemeSwitchProps = {
  theme: keyof typeof themes;
  onChange: (theme: keyof typeof themes) => void;
};

/** Goes round: as the system, light, dark. */
export function ThemeSwitch({ theme, onChange }: ThemeSwitchProps) {
  const { icon, label, next } = themes[theme];
  return (
    <IconButton
      icon={icon}
      label={label}
      onClick={() => {
        onChange(next);
      }}
    />
  );
}
