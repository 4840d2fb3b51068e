import { Check, Copy } from "lucide-react";
import { QRCodeSVG } from "qrcode.react";
import { useRef, useState } from "react";
import { Button } from "../../components/button";
import { Dialog } from "../../components/dialog";

type ShareDialogProps = { link: string; onClose: () => void };

/** Dialog with the link of the room, to copy or to scan. */
export function ShareDialog({ link, onClose }: ShareDialogProps) {
  const field = useRef<HTMLInputElement>(null);
  const [isCopied, setIsCopied] = useState(false);

  const copy = async () => {
    field.current?.select();
    try {
      await navigator.clipboard.writeText(link);
      setIsCopied(true);
    } catch {
      // Without clipboard access the selected link can be copied by keyboard or long press.
    }
  };

  return (
    <Dialog title="Share this room" onClose={onClose}>
      <p className="text-ink-soft">Whoever has the link can come in.</p>
      <div className="mx-auto my-5 w-max rounded-xl bg-white p-4">
        <QRCodeSVG value={link} size={176} title="The room’s link as a QR code" />
      </div>
      <div className="flex gap-2">
        <input
          ref={field}
          readOnly
          aria-label="Link to this room"
          value={link}
          onFocus={(event) => {
            event.target.select();
          }}
          className="min-h-11 min-w-0 flex-1 rounded-xl border border-line bg-raised px-3 text-sm text-ink-soft"
        />
        <Button variant="primary" onClick={() => void copy()}>
          {isCopied ? <Check aria-hidden size={17} /> : <Copy aria-hidden size={17} />}
          {isCopied ? "Copied" : "Copy link"}
        </Button>
      </div>
      <p role="status" className="sr-only">
        {isCopied && "The link was copied."}
      </p>
    </Dialog>
  );
}
