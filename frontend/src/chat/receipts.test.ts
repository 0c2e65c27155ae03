import { beforeEach, describe, expect, it, vi } from "vitest";
import { RoomModel } from "./room.model";

type Said = { op: string; marks?: { room_id: number; ordinal: number }[]; ordinal?: number };
const said: Said[] = [];
let connected = true;

vi.mock("../socket/live.svelte", () => ({
  live: {
    request: (op: string, fields: object) => {
      if (!connected) return Promise.reject(new Error("lost"));
      said.push({ op, ...fields });
      return Promise.resolve({});
    },
  },
}));

async function fresh() {
  vi.resetModules();
  const { rooms } = await import("./rooms.svelte");
  const receipts = await import("./receipts");
  return { rooms, ...receipts };
}

const makeRoom = (id: number) => new RoomModel(id).card();
const later = (ms: number) => vi.advanceTimersByTimeAsync(ms);

beforeEach(() => {
  vi.useFakeTimers();
  said.length = 0;
  connected = true;
});

describe("what has reached this page", () => {
  it("is gathered over all rooms and said once, at its highest", async () => {
    const { rooms, reached } = await fresh();
    for (const id of [7, 8]) rooms.put(makeRoom(id));
    for (const ordinal of [1, 2, 3]) reached(7, ordinal);
    reached(8, 5);
    reached(7, 2);
    expect(said).toEqual([]);
    await later(1_000);
    const marks = [
      { room_id: 7, ordinal: 3 },
      { room_id: 8, ordinal: 5 },
    ];
    expect(said).toEqual([{ op: "room.delivered", marks }]);
    reached(7, 3);
    await later(5_000);
    expect(said).toHaveLength(1);
    reached(7, 4);
    await later(1_000);
    expect(said[1]?.marks).toEqual([{ room_id: 7, ordinal: 4 }]);
  });

  it("is not said of what is read at once, nor in a room where nobody is told", async () => {
    const { rooms, reached, markRead } = await fresh();
    rooms.put(makeRoom(7));
    rooms.put({ ...makeRoom(8), member_count: 101 });
    reached(7, 4);
    markRead(7, 4);
    reached(8, 4);
    await later(5_000);
    expect(said).toEqual([{ op: "room.read", room_id: 7, ordinal: 4 }]);
  });

  it("is said after the break of a connection, with what was read", async () => {
    const { rooms, reached, markRead, sayReceipts } = await fresh();
    for (const id of [7, 8]) rooms.put(makeRoom(id));
    connected = false;
    reached(7, 4);
    markRead(8, 2);
    await later(5_000);
    expect(said).toEqual([]);
    connected = true;
    sayReceipts();
    await later(0);
    sayReceipts();
    await later(0);
    expect(said).toEqual([
      { op: "room.read", room_id: 8, ordinal: 2 },
      { op: "room.delivered", marks: [{ room_id: 7, ordinal: 4 }] },
    ]);
  });

  it("is said in frames of at most 500 marks", async () => {
    const { rooms, reached } = await fresh();
    for (let id = 1; id <= 501; id += 1) {
      rooms.put(makeRoom(id));
      reached(id, 1);
    }
    await later(1_000);
    expect(said.map(({ marks }) => marks?.length)).toEqual([500, 1]);
  });
});
