/** Talking about an item: with its seller, or in any chat of mine. */
import { showChat } from "../app/show-chat";
import { openStore, sending } from "../chat/chats.svelte";
import { offerItem } from "../chat/composing.svelte";
import type { ItemCard } from "../wire/api";

/** Open the chat with a store, with the item in the draft. Throws an ApiError that says why not. */
export async function askSeller(store: number, item: ItemCard | null): Promise<void> {
  const room = await openStore(store);
  if (item) offerItem(room, item);
  showChat(room);
}

/** Send the item to a chat as it is, with a few words or none. */
export function sendTo(room: number, item: ItemCard, text = ""): void {
  sending.send(room, { text, mentions: [], replyTo: null, item }, null);
}
