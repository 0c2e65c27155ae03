import { describe, expect, it, vi } from "vitest";
import { dice, RoomModel } from "./room.model";
import { Rooms, unreadOf } from "./rooms.svelte";
import { Typing, TypingVoice } from "./typing.svelte";
import type { MyRoomEvent } from "./wire";

function mine(type: MyRoomEvent["type"], data: object): MyRoomEvent {
  return { topic: "user:1", number: 1, type, data } as unknown as MyRoomEvent;
}

function roomsOfMine(): Rooms {
  const rooms = new Rooms();
  rooms.me = 1;
  return rooms;
}

function listOf(...servers: RoomModel[]) {
  return { rooms: servers.map((server) => server.card()), epoch: "e" };
}

describe("the list of chats", () => {
  it.each(Array.from({ length: 100 }, (_, seed) => seed + 1))(
    "lists and events that overtake each other end the same, seed %i",
    (seed) => {
      const roll = dice(seed);
      const server = new RoomModel(3);
      const rooms = roomsOfMine();
      rooms.load(listOf(server));
      const events = [];
      let list = listOf(server);
      let delivered = 0;
      for (let i = 0; i < 40; i += 1) {
        events.push(server.act(roll));
        if (roll(5) === 0) list = listOf(server);
        if (roll(5) === 0) rooms.load(list);
        if (roll(2) === 0 && delivered < events.length) rooms.apply(3, events[delivered++]!);
      }
      while (delivered < events.length) rooms.apply(3, events[delivered++]!);
      const { people, ...rest } = server.card();
      void people;
      expect(rooms.get(3)).toMatchObject(rest);
    },
  );

  it("puts the chat that spoke last on top", () => {
    const [one, two] = [new RoomModel(1), new RoomModel(2)];
    one.send(2);
    two.send(2);
    two.send(2);
    const rooms = roomsOfMine();
    rooms.load(listOf(one, two));
    expect(rooms.sorted.map((room) => room.id)).toEqual([2, 1]);
    one.send(2);
    rooms.apply(1, one.send(3));
    expect(rooms.sorted[0]?.id).toBe(1);
  });

  it("counts what is unread and only moves the mark forward", () => {
    const server = new RoomModel(1);
    for (let i = 0; i < 5; i += 1) server.send(2);
    const rooms = roomsOfMine();
    rooms.load(listOf(server));
    expect(unreadOf(rooms.get(1)!)).toBe(5);
    rooms.read(1, 4);
    rooms.read(1, 2);
    expect(unreadOf(rooms.get(1)!)).toBe(1);
    expect(rooms.unread).toBe(1);
    rooms.load(listOf(server));
    expect(unreadOf(rooms.get(1)!)).toBe(1);
  });

  it("keeps a chat that opened while an older list was on its way", () => {
    const [one, two] = [new RoomModel(1), new RoomModel(2)];
    const rooms = roomsOfMine();
    rooms.begin();
    const list = listOf(one);
    rooms.applyMine(mine("room.opened", { room: two.card() }));
    rooms.load(list);
    expect([...rooms.byId.keys()].sort()).toEqual([1, 2]);
  });

  it("does not bring back a chat that closed while an older list was on its way", () => {
    const [one, two] = [new RoomModel(1), new RoomModel(2)];
    const rooms = roomsOfMine();
    rooms.load(listOf(one, two));
    rooms.begin();
    const list = listOf(one, two);
    rooms.applyMine(mine("room.closed", { room_id: 2 }));
    rooms.load(list);
    expect([...rooms.byId.keys()]).toEqual([1]);
    expect(rooms.get(2)?.writable).toBe(false);
  });

  it("believes the list of a new epoch whatever the numbers say", () => {
    const server = new RoomModel(1);
    for (let i = 0; i < 5; i += 1) server.send(2);
    const rooms = roomsOfMine();
    rooms.load(listOf(server));
    const restored = new RoomModel(1);
    restored.send(2);
    rooms.load({ rooms: [restored.card()], epoch: "other" });
    expect(rooms.get(1)?.last_ordinal).toBe(1);
  });

  it("stops writing where a block came between", () => {
    const rooms = roomsOfMine();
    rooms.load(listOf(new RoomModel(1)));
    rooms.applyMine(mine("room.writable", { room_id: 1, writable: false }));
    expect(rooms.get(1)?.writable).toBe(false);
  });
});

describe("typing", () => {
  it("is believed for a few seconds", () => {
    vi.useFakeTimers();
    const typing = new Typing();
    typing.hear(1, 2, true);
    typing.hear(1, 3, true);
    vi.advanceTimersByTime(4_000);
    typing.hear(1, 2, true);
    vi.advanceTimersByTime(4_000);
    expect(typing.of(1)).toEqual([2]);
    typing.hear(1, 2, false);
    expect(typing.of(1)).toEqual([]);
    vi.useRealTimers();
  });

  it("is said at most every two seconds, and taken back after silence", () => {
    vi.useFakeTimers();
    const said: boolean[] = [];
    const voice = new TypingVoice((on) => said.push(on));
    for (let i = 0; i < 20; i += 1) {
      voice.pressed();
      vi.advanceTimersByTime(100);
    }
    expect(said).toEqual([true]);
    vi.advanceTimersByTime(5_000);
    expect(said).toEqual([true, false]);
    vi.useRealTimers();
  });

  it("is not taken back by a sent message: the message says so itself", () => {
    const said: boolean[] = [];
    const voice = new TypingVoice((on) => said.push(on));
    voice.pressed();
    voice.stop(true);
    expect(said).toEqual([true]);
  });
});
