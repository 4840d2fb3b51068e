import { useEffect } from "react";
import { usePreferences } from "../../stores/preferences-store";

/** Applies the chosen theme to the page; `system` leaves it to the browser. */
export function useTheme(): void {
  const theme = usePreferences((preferences) => preferences.theme);
  useEffect(() => {
    if (theme === "system") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
  }, [theme]);
}
