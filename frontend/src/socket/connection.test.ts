import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Connection, NoAnswer, type State, WireError } from "./connection";
import { FakeSocket } from "./fake";

let states: State[];
let frames: unknown[];
let ended: number;
let signedIn: boolean;

function connection(random = () => 0.5): Connection {
  return new Connection(
    "ws://here/ws",
    {
      state: (state) => states.push(state),
      hello: () => {},
      frame: (frame) => frames.push(frame),
      signedOut: () => {
        ended += 1;
      },
    },
    FakeSocket.open,
    random,
    async () => signedIn,
  );
}

beforeEach(() => {
  vi.useFakeTimers();
  FakeSocket.all = [];
  states = [];
  frames = [];
  ended = 0;
  signedIn = true;
});
afterEach(() => vi.useRealTimers());

describe("connection", () => {
  it("is open after hello and not before", () => {
    const one = connection();
    one.start();
    expect(one.state).toBe("connecting");
    FakeSocket.last.hello();
    expect(states).toEqual(["connecting", "open"]);
  });

  it("answers go to their own request, errors too", async () => {
    const one = connection();
    one.start();
    FakeSocket.last.hello();
    const first = one.request("ping");
    const second = one.request("typing", { room_id: 1, on: true });
    const [a, b] = FakeSocket.last.said;
    const error = { code: "forbidden", message: "", retry: false };
    FakeSocket.last.says({ op: "error", ref: b?.ref, error });
    FakeSocket.last.says({ op: "reply", ref: a?.ref, data: { time: 1 } });
    await expect(first).resolves.toEqual({ data: { time: 1 }, events: [] });
    await expect(second).rejects.toBeInstanceOf(WireError);
  });

  it("what waits for an answer learns that the connection is lost", async () => {
    const one = connection();
    one.start();
    FakeSocket.last.hello();
    const asked = one.request("ping");
    FakeSocket.last.ends(1006);
    await expect(asked).rejects.toBeInstanceOf(NoAnswer);
    await expect(one.request("ping")).rejects.toBeInstanceOf(NoAnswer);
  });

  it("backs off with full jitter up to 30 s and starts over once greeted", async () => {
    const one = connection(() => 1);
    one.start();
    const waits: number[] = [];
    for (let n = 0; n < 9; n++) {
      FakeSocket.last.ends(1006);
      const opened = FakeSocket.all.length;
      let waited = 0;
      while (FakeSocket.all.length === opened) {
        await vi.advanceTimersByTimeAsync(100);
        waited += 100;
      }
      waits.push(waited);
    }
    expect(waits).toEqual([500, 1000, 2000, 4000, 8000, 16000, 30000, 30000, 30000]);
    FakeSocket.last.hello();
    FakeSocket.last.ends(1006);
    await vi.advanceTimersByTimeAsync(500);
    expect(one.state).toBe("connecting");
  });

  it("a restarting worker's hint is kept to", async () => {
    const one = connection(() => 1);
    one.start();
    FakeSocket.last.hello();
    FakeSocket.last.ends(1012, "retry_ms=2000");
    await vi.advanceTimersByTimeAsync(1_900);
    expect(one.state).toBe("waiting");
    await vi.advanceTimersByTimeAsync(200);
    expect(one.state).toBe("connecting");
  });

  it("wakes from the back-off at once", async () => {
    const one = connection(() => 1);
    one.start();
    FakeSocket.last.ends(1006);
    one.wake();
    expect(one.state).toBe("connecting");
    expect(FakeSocket.all).toHaveLength(2);
  });

  it("asks after 30 s of silence and gives up when nobody is there", async () => {
    const one = connection();
    one.start();
    FakeSocket.last.hello();
    await vi.advanceTimersByTimeAsync(29_000);
    FakeSocket.last.says({ op: "heads", heads: {}, time: 1 });
    await vi.advanceTimersByTimeAsync(29_000);
    expect(FakeSocket.last.said).toHaveLength(0);
    await vi.advanceTimersByTimeAsync(1_100);
    expect(FakeSocket.last.said.map((frame) => frame.op)).toEqual(["ping"]);
    await vi.advanceTimersByTimeAsync(5_100);
    expect(one.state).toBe("waiting");
  });

  it("an ended session is not reconnected, one that was renewed is", async () => {
    const one = connection();
    one.start();
    FakeSocket.last.hello();
    FakeSocket.last.ends(4401);
    await vi.advanceTimersByTimeAsync(1);
    expect([one.state, ended]).toEqual(["connecting", 0]);

    FakeSocket.last.hello();
    signedIn = false;
    FakeSocket.last.ends(4401);
    await vi.advanceTimersByTimeAsync(60_000);
    expect([one.state, ended]).toEqual(["idle", 1]);
    expect(FakeSocket.all).toHaveLength(2);
  });

  it("a refused handshake of somebody signed out leads to the sign-in page", async () => {
    signedIn = false;
    const one = connection();
    one.start();
    FakeSocket.last.ends(1006);
    await vi.advanceTimersByTimeAsync(60_000);
    expect([one.state, ended]).toEqual(["idle", 1]);
  });

  it("a late word from an old socket changes nothing", () => {
    const one = connection();
    one.start();
    const old = FakeSocket.last;
    const late = old.onclose;
    old.hello();
    one.lost();
    one.wake();
    FakeSocket.last.hello();
    late?.({ code: 1006, reason: "" });
    expect(one.state).toBe("open");
    expect(old.closed).toBe(true);
  });
});
