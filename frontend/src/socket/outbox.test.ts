import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { NoAnswer, type Reply, WireError } from "./connection";
import { newClientId, Outbox, PATIENCE } from "./outbox.svelte";

interface Sent {
  fields: { client_id: string };
  resolve: (reply: Reply) => void;
  reject: (error: Error) => void;
}
let sent: Sent[];
let clock: number;

function outbox(): Outbox {
  return new Outbox(
    (_op, fields) =>
      new Promise((resolve, reject) => {
        sent.push({ fields: fields as { client_id: string }, resolve, reject });
      }),
    () => clock,
  );
}
const settle = () => vi.advanceTimersByTimeAsync(0);
const put = (box: Outbox, id: string) => box.add("message.send", id, { client_id: id });
const refusal = (retry: boolean, retry_after?: number) =>
  new WireError({ code: retry ? "unavailable" : "forbidden", message: "", retry, retry_after });

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  sent = [];
  clock = 1_000;
});
afterEach(() => vi.useRealTimers());

describe("outbox", () => {
  it("sends one after the other, and nothing while the connection is away", async () => {
    const box = outbox();
    put(box, "a");
    put(box, "b");
    await settle();
    expect(sent).toHaveLength(0);
    expect(box.waiting).toBe(2);
    box.connected(true);
    await settle();
    expect(sent.map((one) => one.fields.client_id)).toEqual(["a"]);
    sent[0]?.resolve({ data: { number: 1 }, events: [] });
    await settle();
    expect(sent.map((one) => one.fields.client_id)).toEqual(["a", "b"]);
  });

  it("tells who waits for it, and forgets what is acknowledged", async () => {
    const box = outbox();
    const done: unknown[] = [];
    box.onSettled((entry, data) => done.push([entry.id, data]));
    box.connected(true);
    put(box, "a");
    await settle();
    sent[0]?.resolve({ data: { number: 7 }, events: [] });
    await settle();
    expect(done).toEqual([["a", { number: 7 }]]);
    expect(box.entries).toEqual([]);
  });

  it("no answer means again with the same id, a plain no means failed", async () => {
    const box = outbox();
    box.connected(true);
    put(box, "a");
    await settle();
    sent[0]?.reject(new NoAnswer());
    await vi.advanceTimersByTimeAsync(1_000);
    expect(sent.map((one) => one.fields.client_id)).toEqual(["a", "a"]);
    sent[1]?.reject(refusal(true));
    await vi.advanceTimersByTimeAsync(1_000);
    expect(sent).toHaveLength(3);
    sent[2]?.reject(refusal(false));
    await vi.advanceTimersByTimeAsync(5_000);
    expect(sent).toHaveLength(3);
    expect(box.entries[0]).toMatchObject({ progress: "failed", error: { code: "forbidden" } });
    box.retry("a");
    await settle();
    expect(sent).toHaveLength(4);
  });

  it("waits as long as the server asks, also with what is written meanwhile", async () => {
    const box = outbox();
    box.connected(true);
    put(box, "a");
    await settle();
    sent[0]?.reject(refusal(true, 7));
    await settle();
    put(box, "b");
    box.connected(true);
    await vi.advanceTimersByTimeAsync(6_900);
    expect(sent).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(200);
    expect(sent.map((one) => one.fields.client_id)).toEqual(["a", "a"]);
    sent[1]?.resolve({ data: {}, events: [] });
    await settle();
    expect(sent.at(-1)?.fields.client_id).toBe("b");
  });

  it("does not wait for a server that asks for an hour", async () => {
    const box = outbox();
    box.connected(true);
    put(box, "a");
    await settle();
    sent[0]?.reject(refusal(true, 3_600));
    await vi.advanceTimersByTimeAsync(60_100);
    expect(sent).toHaveLength(2);
  });

  it("after five minutes the person is asked, and nothing is sent silently", async () => {
    const box = outbox();
    put(box, "a");
    clock += PATIENCE + 1;
    box.connected(true);
    await settle();
    expect(sent).toHaveLength(0);
    expect(box.entries[0]?.progress).toBe("asking");
    box.retry("a");
    await settle();
    expect(sent).toHaveLength(1);
  });

  it("survives a reload for the same person and stays hidden from another", async () => {
    vi.useRealTimers();
    const before = outbox();
    await before.start(7);
    put(before, "kept");
    await new Promise((resolve) => setTimeout(resolve, 20));
    const other = outbox();
    await other.start(8);
    expect(other.entries).toEqual([]);
    const after = outbox();
    await after.start(7);
    expect(after.entries.map((entry) => [entry.id, entry.progress])).toEqual([["kept", "waiting"]]);
  });

  it("makes ids of 128 random bits", () => {
    expect(newClientId()).toMatch(/^[0-9a-f]{32}$/);
    expect(newClientId()).not.toBe(newClientId());
  });
});
