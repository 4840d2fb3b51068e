import { useState, type ReactNode } from "react";

type DismissibleProps = { children: (dismiss: () => void) => ReactNode };

/** Shows its child until that calls `dismiss`. */
export function Dismissible({ children }: DismissibleProps) {
  const [isDismissed, setIsDismissed] = useState(false);
  if (isDismissed) return null;
  return children(() => {
    setIsDismissed(true);
  });
}
