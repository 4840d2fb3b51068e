import type { ModelSummary } from "@parley/shared/protocol/models-api";
import { Button } from "../../components/button";
import { Dialog } from "../../components/dialog";
import { bytesText } from "../../components/quantities";

type RemoveDialogProps = { model: ModelSummary; onRemove: () => void; onClose: () => void };

/** Confirmation before the files of a model are deleted. */
export function RemoveDialog({ model, onRemove, onClose }: RemoveDialogProps) {
  return (
    <Dialog title={`Remove ${model.title}?`} onClose={onClose}>
      <p className="text-ink-soft">
        This deletes its files and frees {bytesText(model.diskBytes)} on the machine that runs
        Parley. To use it again it must be downloaded again.
      </p>
      <div className="mt-6 flex flex-wrap justify-end gap-3">
        <Button variant="quiet" onClick={onClose}>
          Keep
        </Button>
        <Button className="border-warn-text! text-warn-text!" onClick={onRemove}>
          Remove
        </Button>
      </div>
    </Dialog>
  );
}
