import { Check, Copy, Share2, TriangleAlert } from "lucide-react";
import { useRef, useState, type ReactNode } from "react";
import { Button } from "../../components/button";
import { copyText } from "../../components/copy-text";
import { Dialog } from "../../components/dialog";
import { QrCode } from "../../components/qr-code";
import type { LinkReach } from "./link-reach";
import { useShareLink } from "./use-share-link";

type ShareDialogProps = { address: string; title: string; onClose: () => void };

/** Dialog with the link of the room: to copy, to scan, or to hand to another app. */
export function ShareDialog({ address, title, onClose }: ShareDialogProps) {
  const { link, reach } = useShareLink(address);
  const linkText = useRef<HTMLParagraphElement>(null);
  const [outcome, setOutcome] = useState<"copied" | "refused" | null>(null);

  const copy = async () => {
    const isCopied = await copyText(link);
    setOutcome(isCopied ? "copied" : "refused");
    if (!isCopied && linkText.current !== null) getSelection()?.selectAllChildren(linkText.current);
  };
  const handOver = () => {
    // Rejects when the user closes the system's sheet: nothing to report.
    navigator.share({ title, url: link }).catch(() => undefined);
  };

  return (
    <Dialog title="Share this room" onClose={onClose}>
      <Reach reach={reach} />
      {reach !== "computer" && (
        <div className="mx-auto mt-5 w-44 overflow-hidden rounded-xl border border-line">
          <QrCode text={link} title="The room’s link as a QR code" className="w-full" />
        </div>
      )}
      <p
        ref={linkText}
        className="mt-5 rounded-xl border border-line bg-raised px-3 py-2.5 text-sm break-all text-ink-soft select-all"
      >
        {link}
      </p>
      <div className="mt-3 flex flex-wrap gap-2 *:flex-1">
        <Button variant="primary" data-first-focus onClick={() => void copy()}>
          {outcome === "copied" ? <Check aria-hidden size={17} /> : <Copy aria-hidden size={17} />}
          {outcome === "copied" ? "Copied" : "Copy link"}
        </Button>
        {"share" in navigator && reach !== "computer" && (
          <Button onClick={handOver}>
            <Share2 aria-hidden size={17} />
            Share…
          </Button>
        )}
      </div>
      <p role="status" className={outcome === "refused" ? "pt-3 text-sm" : "sr-only"}>
        {outcome === "copied" && "The link was copied."}
        {outcome === "refused" &&
          "The browser does not let this page copy. The link is selected: copy it yourself."}
      </p>
    </Dialog>
  );
}

/** Words about whom the link reaches, and what would make it reach others. */
function Reach({ reach }: { reach: LinkReach }) {
  switch (reach) {
    case "everywhere":
      return <p className="text-ink-soft">Whoever has the link can come in.</p>;
    case "network":
      return (
        <p className="text-ink-soft">
          Whoever is in this network and has the link can come in. At the first visit the browser
          may warn of the certificate: choose <em>Advanced</em>, then go on.
        </p>
      );
    case "computer":
      return (
        <Limit title="This link works on this computer only">
          To let in phones and others of your network, start Parley with{" "}
          <code className="whitespace-nowrap">npm start -- --share</code>. For everybody else, put
          it behind an HTTPS address.
        </Limit>
      );
    case "without-microphone":
      return (
        <Limit title="Others can come in, but cannot speak">
          Browsers give out the microphone only on https:// pages; by this link people can listen
          and type. Whoever runs Parley can start it with{" "}
          <code className="whitespace-nowrap">npm start -- --share</code>.
        </Limit>
      );
  }
}

function Limit({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="flex gap-3 rounded-xl bg-warn-wash px-4 py-3">
      <TriangleAlert aria-hidden size={19} className="mt-0.5 shrink-0 text-warn-text" />
      <div>
        <p className="font-medium">{title}</p>
        <p className="mt-0.5 text-sm text-ink-soft">{children}</p>
      </div>
    </div>
  );
}
