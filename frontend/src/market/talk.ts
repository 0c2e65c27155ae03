/** Talking about an item: with its seller, or in any chat of mine. */
import { dock } from "../app/dock.svelte";
import { router } from "../app/router.svelte";
import { openStore, sending } from "../chat/chats.svelte";
import { offerItem } from "../chat/composing.svelte";
import type { ItemCard } from "../wire/api";

/** Below this there is no room for a chat beside the page. */
const BESIDE = "(min-width: 981px)";

/** Open the chat with a store, with the item in the draft. Throws an ApiError that says why not. */
export async function askSeller(store: number, item: ItemCard | null): Promise<void> {
  const room = await openStore(store);
  if (item) attach(room, item);
  show(room);
}

/** Put the item into what I am writing in a chat. */
export const attach = offerItem;

/** Send the item to a chat as it is, with a few words or none. */
export function sendTo(room: number, item: ItemCard, text = ""): void {
  sending.send(room, { text, mentions: [], replyTo: null, item }, null);
}

/** The chat beside the page where there is room, else the chat itself. */
export function show(room: number): void {
  if (matchMedia(BESIDE).matches) dock.open(room);
  else router.go(`/chats/${room}`);
}
