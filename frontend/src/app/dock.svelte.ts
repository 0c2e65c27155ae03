/** The chat docked beside anything, because people shop and talk at once. */
import type { Component } from "svelte";

class Dock {
  /** The room shown in the dock, or null. */
  room = $state<number | null>(null);
  /** What draws it; the chat feature registers it, so that the frame does not load chats at once. */
  component = $state.raw<(() => Promise<{ default: Component<{ room: number }> }>) | null>(null);

  open(room: number): void {
    this.room = room;
  }

  close(): void {
    this.room = null;
  }
}

export const dock = new Dock();
