import { flushSync } from "svelte";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { RoomModel } from "./room.model";

const { ApiError, api } = await import("../http");
const { session } = await import("../account/session.svelte");
const { live } = await import("../socket/live.svelte");
const chats = await import("./chats.svelte");
const { chatHandlers } = await import("./handlers");
const { rooms } = await import("./rooms.svelte");

let room: RoomModel;
let reachable: boolean;
let answers: (() => void)[] | null;

async function server(path: string): Promise<{ data: unknown }> {
  const waiting = answers;
  if (waiting) await new Promise<void>((answer) => waiting.push(answer));
  if (!reachable) throw new ApiError(0, { code: "unavailable", message: "", retry: true });
  if (path === "/api/rooms") return { data: { rooms: [room.card()], epoch: "e" } };
  return { data: room.fresh(50) };
}

const settle = async (ms = 0) => {
  flushSync();
  await vi.advanceTimersByTimeAsync(ms);
  flushSync();
};

const mine = (type: "room.opened" | "room.closed", data: object) =>
  ({ topic: "user:1", number: 1, type, data }) as never;

/** The room's own event, as long as the page follows it. */
function tell(event: { type: string }): void {
  chatHandlers[event.type as "message.sent"](event as never);
}

let next = 70;

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(api, "GET").mockImplementation(server as never);
  room = new RoomModel(next);
  next += 1;
  reachable = true;
  answers = null;
  rooms.byId.clear();
  rooms.left.clear();
  rooms.state = "loading";
});

afterEach(() => {
  session.phase = "out";
  flushSync();
  live.stop();
  live.truth = "catching";
  vi.useRealTimers();
});

describe("the list of chats", () => {
  it("that did not come for want of a network comes with it, and its rooms are followed", async () => {
    const watch = vi.spyOn(live, "watch");
    chats.start();
    reachable = false;
    live.truth = "offline";
    session.phase = "in";
    await settle();
    expect(rooms.state).toBe("failed");
    expect(watch).not.toHaveBeenCalled();
    reachable = true;
    live.truth = "live";
    await settle();
    expect(rooms.state).toBe("ready");
    expect(watch).toHaveBeenCalledWith(`room:${room.id}`, expect.anything());
  });
});

describe("a chat that is open while I am removed and brought back", () => {
  async function removed() {
    for (const text of ["one", "two", "three"]) room.send(2, text);
    const chat = chats.openChat(room.id);
    await settle();
    expect(chat.state).toBe("ready");
    chatHandlers["room.closed"](mine("room.closed", { room_id: room.id }));
    return chat;
  }
  const texts = (chat: Awaited<ReturnType<typeof removed>>) =>
    chat.conversation.messages.map(({ text }) => text);

  it("has what happened meanwhile, deletions and all", async () => {
    const chat = await removed();
    expect(texts(chat)).toEqual(["one", "two", "three"]);
    expect(rooms.left.has(room.id)).toBe(true);
    room.remove(2);
    room.send(3, "four");
    chatHandlers["room.opened"](mine("room.opened", { room: room.card() }));
    expect(chat.state).toBe("loading");
    await settle();
    expect(chat.state).toBe("ready");
    expect(texts(chat)).toEqual(["one", "", "three", "four"]);
    tell(room.send(2, "five"));
    expect(texts(chat)).toEqual(["one", "", "three", "four", "five"]);
  });

  it("says that it could not be had, rather than show what is no longer so", async () => {
    const chat = await removed();
    reachable = false;
    chatHandlers["room.opened"](mine("room.opened", { room: room.card() }));
    await settle();
    expect(chat.state).toBe("failed");
    reachable = true;
    await chats.loadAgain(chat);
    expect(chat.state).toBe("ready");
  });

  it("is not disturbed by an answer from before", async () => {
    answers = [];
    const chat = chats.openChat(room.id);
    await settle();
    chatHandlers["room.opened"](mine("room.opened", { room: room.card() }));
    await settle();
    const [before, after] = answers;
    room.send(2, "new");
    after?.();
    await settle();
    reachable = false;
    before?.();
    await settle();
    expect([chat.state, texts(chat)]).toEqual(["ready", ["new"]]);
  });

  it("stays as it is when it was mine all the while", async () => {
    const chat = chats.openChat(room.id);
    await settle();
    chatHandlers["room.opened"](mine("room.opened", { room: room.card() }));
    expect(chat.state).toBe("ready");
  });
});
