/** Open a chat without leaving what one looks at, where there is room for both. */
import { dock } from "./dock.svelte";
import { router } from "./router.svelte";

/** Below this a chat has no room beside the page. */
const BESIDE = "(min-width: 981px)";

export function showChat(room: number): void {
  if (matchMedia(BESIDE).matches) dock.open(room);
  else router.go(`/chats/${room}`);
}
