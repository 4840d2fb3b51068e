import { X } from "lucide-react";
import { useEffect, useId, useRef, type ReactNode } from "react";
import { IconButton } from "./icon-button";

type DialogProps = { title: string; onClose: () => void; children: ReactNode };

/**
 * Modal dialog; the browser keeps the focus inside and closes it on Esc. The focus begins at the
 * element with `data-first-focus`, or else at Close.
 */
export function Dialog({ title, onClose, children }: DialogProps) {
  const ref = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useEffect(() => {
    const dialog = ref.current;
    if (dialog?.open !== false) return;
    dialog.showModal();
    dialog.querySelector<HTMLElement>("[data-first-focus]")?.focus();
  }, []);
  return (
    <dialog
      ref={ref}
      aria-labelledby={titleId}
      onClose={onClose}
      onClick={(event) => {
        // Clicks on the backdrop have the dialog as target; its content fills the box below.
        if (event.target === ref.current) ref.current.close();
      }}
      className="m-auto w-[calc(100%-2rem)] max-w-md rounded-2xl bg-panel p-0 text-ink shadow-float open:animate-settle"
    >
      <div className="p-6">
        <div className="mb-4 flex items-start justify-between gap-4">
          <h2 id={titleId} className="font-serif text-2xl leading-tight">
            {title}
          </h2>
          <IconButton
            icon={X}
            label="Close"
            className="-mt-2 -mr-2"
            onClick={() => ref.current?.close()}
          />
        </div>
        {children}
      </div>
    </dialog>
  );
}
