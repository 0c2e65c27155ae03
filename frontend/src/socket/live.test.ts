import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { LiveEvent } from "../wire/events";
import type { Handlers } from "./dispatch";
import { FakeSocket } from "./fake";
import { live, type Watch } from "./live.svelte";
import { HOLD } from "./positions";

let seen: number[];
let newEpochs: number;
let signedOut: number;

const handlers = {
  "message.sent": (event: LiveEvent & { number: number }) => seen.push(event.number),
} as unknown as Handlers;

const sent = (number: number, topic = "room:1") => ({
  topic,
  number,
  type: "message.sent",
  data: {},
});
const asked = (op: string) => FakeSocket.last.said.filter((frame) => frame.op === op);
const settle = () => vi.advanceTimersByTimeAsync(0);

/** The server answers the newest join: everything is joined at this head. */
function joins(head: number, events: object[] = [], more: object = {}): Promise<unknown> {
  const topics = (asked("join").at(-1)?.topics ?? []) as { topic: string }[];
  const joined = topics.map(({ topic }) => ({ topic, head }));
  FakeSocket.last.answers(
    "join",
    { epoch: "e1", joined, resets: [], refused: [], ...more },
    events,
  );
  return settle();
}

async function watching(watch: Watch = { after: 3 }, topic = "room:1"): Promise<() => void> {
  const unwatch = live.watch(topic, watch);
  FakeSocket.last.hello();
  await settle();
  return unwatch;
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("WebSocket", FakeSocket);
  FakeSocket.all = [];
  seen = [];
  newEpochs = signedOut = 0;
  live.start(1, handlers, {
    onSignedOut: () => {
      signedOut += 1;
    },
    onNewEpoch: () => {
      newEpochs += 1;
    },
    stillSignedIn: async () => false,
  });
});

afterEach(() => {
  live.stop();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe("the live side of the page", () => {
  it("joins after the number of the load, and is live when that is answered", async () => {
    await watching();
    expect(asked("join")).toEqual([
      expect.objectContaining({ epoch: "e1", topics: [{ topic: "room:1", after: 3 }] }),
    ]);
    expect(live.truth).toBe("catching");
    await joins(5, [sent(4), sent(5)]);
    expect(seen).toEqual([4, 5]);
    expect(live.truth).toBe("live");
  });

  it("after a lost connection asks only for what came after the last number", async () => {
    await watching();
    await joins(3);
    FakeSocket.last.says({ op: "events", events: [sent(4)] });
    FakeSocket.last.ends(1006);
    expect(live.truth).toBe("offline");
    expect(live.offlineSince).not.toBeNull();
    await vi.advanceTimersByTimeAsync(1_000);
    FakeSocket.last.hello();
    await settle();
    expect(asked("join")[0]?.topics).toEqual([{ topic: "room:1", after: 4 }]);
    await joins(6, [sent(5), sent(6)]);
    expect(seen).toEqual([4, 5, 6]);
    expect(live.caughtUp).toBe(2);
    expect(live.truth).toBe("live");
  });

  it("a hole in the numbers is asked for", async () => {
    await watching();
    await joins(3);
    FakeSocket.last.says({ op: "events", events: [sent(5)] });
    await vi.advanceTimersByTimeAsync(HOLD);
    expect(asked("join").at(-1)?.topics).toEqual([{ topic: "room:1", after: 3 }]);
    await joins(5, [sent(4), sent(5)]);
    expect(seen).toEqual([4, 5]);
  });

  it("a head beyond the last number is asked for", async () => {
    await watching();
    await joins(3);
    FakeSocket.last.says({ op: "heads", heads: { "room:1": 7 }, time: 0 });
    await vi.advanceTimersByTimeAsync(HOLD);
    expect(asked("join").at(-1)?.topics).toEqual([{ topic: "room:1", after: 3 }]);
  });

  it("a join without an answer is asked again although the connection stands", async () => {
    await watching();
    await vi.advanceTimersByTimeAsync(12_000);
    expect(asked("join")).toHaveLength(2);
    await joins(3);
    expect(live.truth).toBe("live");
  });

  it("what a reset cannot give is loaded afresh and joined from there", async () => {
    const onReset = vi.fn();
    await watching({ after: 3, onReset });
    await joins(0, [], { joined: [], resets: ["room:1"] });
    expect(onReset).toHaveBeenCalledOnce();
    FakeSocket.last.says({ op: "events", events: [sent(900)] });
    expect(seen).toEqual([]);
    live.loaded("room:1", 900);
    await settle();
    expect(asked("join").at(-1)?.topics).toEqual([{ topic: "room:1", after: 900 }]);
    await joins(901, [sent(901)]);
    expect(seen).toEqual([901]);
  });

  it("after a reset two parts load, and what came after the older load is asked for", async () => {
    await watching({ after: 3 });
    await joins(0, [], { joined: [], resets: ["room:1"] });
    live.loaded("room:1", 900);
    live.loaded("room:1", 890);
    live.loaded("room:1", 905);
    await settle();
    expect(asked("join").at(-1)?.topics).toEqual([{ topic: "room:1", after: 890 }]);
  });

  it("a topic one may not watch any more is forgotten and not joined again", async () => {
    const onGone = vi.fn();
    await watching({ after: 3, onGone });
    await joins(3);
    FakeSocket.last.says({ op: "dropped", topics: ["room:1"] });
    expect(onGone).toHaveBeenCalledOnce();
    FakeSocket.last.says({ op: "events", events: [sent(4)] });
    expect(seen).toEqual([]);
    FakeSocket.last.ends(1006);
    await vi.advanceTimersByTimeAsync(1_000);
    FakeSocket.last.hello();
    await settle();
    expect(asked("join")).toEqual([]);
  });

  it("another epoch tells the page to start over", async () => {
    await watching();
    await joins(3);
    FakeSocket.last.ends(1006);
    await vi.advanceTimersByTimeAsync(1_000);
    FakeSocket.last.hello("e2");
    expect(newEpochs).toBe(1);
  });

  it("two parts of the page share a topic, which is left with the last of them", async () => {
    const first = await watching();
    await joins(3);
    const second = live.watch("room:1", { after: 3 });
    await settle();
    await joins(3);
    first();
    await settle();
    expect(asked("leave")).toEqual([]);
    second();
    await settle();
    expect(asked("leave")).toEqual([expect.objectContaining({ topics: ["room:1"] })]);
  });

  it("a topic left while it was being joined keeps no number", async () => {
    const unwatch = await watching({}, "room:2");
    unwatch();
    await joins(8);
    live.watch("room:2", {});
    await settle();
    expect(asked("join").at(-1)?.topics).toEqual([{ topic: "room:2" }]);
  });

  it("an ended session leads to the door", async () => {
    await watching();
    FakeSocket.last.ends(4401);
    await settle();
    expect(signedOut).toBe(1);
  });

  it("tells the server's time", async () => {
    FakeSocket.last.hello("e1", Date.now() + 5_000);
    expect(live.now() - Date.now()).toBe(5_000);
  });
});
