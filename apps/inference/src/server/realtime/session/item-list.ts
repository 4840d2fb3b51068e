import type { ReplyId } from "@parley/shared/protocol/ids";
import type { ClauseSpan } from "../../../session/replying/heard-text";
import { RealtimeError } from "../realtime-error";
import type { RealtimeItem } from "../events/item-fields";

/** Item with what the session knows it by. */
export type ListedItem = {
  item: RealtimeItem;
  /** Of its line in the conversation; null for an item that has none there. */
  lineId: string | null;
  /** Sound of an item that a reply spoke. */
  spoken?: { replyId: ReplyId; spans: readonly ClauseSpan[] };
};

/** Items that are remembered; the oldest go first, as the conversation's lines do before them. */
const maxItems = 2_000;

/** Items of the conversation, in order, as the client sees them. */
export class ItemList {
  #items: ListedItem[] = [];

  get last(): string | null {
    return this.#items.at(-1)?.item.id ?? null;
  }

  get all(): readonly ListedItem[] {
    return this.#items;
  }

  find(id: string): ListedItem | undefined {
    return this.#items.find(({ item }) => item.id === id);
  }

  /** @throws RealtimeError for an item that is not there @param param field that names it */
  require(id: string, param = "item_id"): ListedItem {
    const listed = this.find(id);
    if (listed !== undefined) return listed;
    throw new RealtimeError("item_not_found", `There is no item ${id}.`, param);
  }

  /** @returns the id of the item before it */
  previousOf(id: string): string | null {
    const at = this.#items.findIndex(({ item }) => item.id === id);
    return this.#items[at - 1]?.item.id ?? null;
  }

  /** @param afterId an item's; null for the first place, absent for the last */
  add(listed: ListedItem, afterId?: string | null): void {
    const at = afterId === null ? 0 : this.#items.findIndex(({ item }) => item.id === afterId) + 1;
    this.#items.splice(afterId === undefined ? this.#items.length : at, 0, listed);
    if (this.#items.length > maxItems) this.#items.shift();
  }

  /** @returns whether there was such an item */
  remove(id: string): boolean {
    const kept = this.#items.filter(({ item }) => item.id !== id);
    const isKnown = kept.length < this.#items.length;
    this.#items = kept;
    return isKnown;
  }

  /** @returns the line at or before the item; null when there is none, or no such item */
  lineAt(id: string): string | null {
    const at = this.#items.findIndex(({ item }) => item.id === id);
    return this.#items.slice(0, at + 1).findLast(({ lineId }) => lineId !== null)?.lineId ?? null;
  }

  /** @returns the call that an output answers */
  callOf(callId: string): { name: string; arguments: string } | null {
    for (const { item } of this.#items.toReversed()) {
      if (item.type === "function_call" && item.call_id === callId) return item;
    }
    return null;
  }
}
