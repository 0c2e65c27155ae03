import { flushSync } from "svelte";
import { describe, expect, it, vi } from "vitest";
import { NoAnswer, type Reply, WireError } from "../socket/connection";
import { Outbox } from "../socket/outbox.svelte";
import { UploadError, Uploads } from "../ui/uploads.svelte";
import type { PictureView } from "../wire/api";
import { Changes } from "./changes.svelte";
import { makeMessage } from "./room.model";
import { Sending } from "./sending.svelte";

const words = { text: "hello", mentions: [], replyTo: null, item: null };
const picture: PictureView = { id: 5, width: 1, height: 1, alt: "", placeholder: "", sources: [] };
const settled = () => new Promise((resolve) => setTimeout(resolve, 0));

/** An outbox whose server answers as told. */
function boxed(answer: (op: string, fields: object) => Promise<Reply>) {
  const said: [string, Record<string, unknown>][] = [];
  const outbox = new Outbox((op, fields) => {
    said.push([op, fields as Record<string, unknown>]);
    return answer(op, fields);
  });
  return { outbox, said, sending: new Sending(outbox), changes: new Changes(outbox) };
}

const yes = async () => ({ data: {}, events: [] });
const no = async () => {
  throw new WireError({ code: "forbidden", message: "", retry: false });
};
const silence = async () => {
  throw new NoAnswer("gone");
};

describe("a message on its way", () => {
  it("is shown at once, leaves when it can, and stays until the room has it", async () => {
    const { outbox, said, sending } = boxed(yes);
    sending.send(7, words, null);
    const [pending] = sending.of(7);
    expect(pending?.progress).toBe("waiting");
    expect(sending.of(8)).toEqual([]);
    outbox.connected(true);
    await settled();
    expect(said.map(([op]) => op)).toEqual(["message.send"]);
    expect(sending.of(7)[0]?.progress).toBe("sent");
    sending.settle(pending?.clientId ?? "");
    expect(sending.of(7)).toEqual([]);
  });

  it("is repeated with the same client id when no answer comes", async () => {
    vi.useFakeTimers();
    const { outbox, said, sending } = boxed(silence);
    outbox.connected(true);
    sending.send(7, words, null);
    await vi.advanceTimersByTimeAsync(3_500);
    expect(said.length).toBeGreaterThan(1);
    expect(new Set(said.map(([, fields]) => fields.client_id)).size).toBe(1);
    expect(sending.of(7)[0]?.progress).not.toBe("failed");
    outbox.stop();
    vi.useRealTimers();
  });

  it("says that it failed when the server says no, and may be tried again or given up", async () => {
    const { outbox, said, sending } = boxed(no);
    outbox.connected(true);
    sending.send(7, words, null);
    await settled();
    expect(sending.of(7)[0]).toMatchObject({ progress: "failed", error: "forbidden" });
    expect(sending.troubled(7)).toBe(true);
    sending.retry(sending.of(7)[0]?.clientId ?? "");
    await settled();
    expect(said).toHaveLength(2);
    sending.drop(sending.of(7)[0]?.clientId ?? "");
    expect(sending.of(7)).toEqual([]);
  });

  it("waits for its pictures, and goes with them in their order", async () => {
    const { outbox, said, sending } = boxed(yes);
    outbox.connected(true);
    const arrive: (() => void)[] = [];
    const uploads = new Uploads(
      () => new Promise((resolve) => arrive.push(() => resolve(picture))),
    );
    uploads.add([new File(["x"], "a.png", { type: "image/png" })]);
    sending.send(7, words, uploads);
    flushSync();
    expect(sending.of(7)[0]?.progress).toBe("uploading");
    expect(said).toEqual([]);
    await settled();
    arrive[0]?.();
    await settled();
    flushSync();
    await settled();
    expect(said[0]?.[1].picture_ids).toEqual([5]);
  });

  it("says which picture did not arrive, and goes without it when it is taken out", async () => {
    const { outbox, said, sending } = boxed(yes);
    outbox.connected(true);
    const uploads = new Uploads(async () => {
      throw new UploadError("too_large");
    });
    uploads.add([new File(["x"], "a.png", { type: "image/png" })]);
    sending.send(7, words, uploads);
    await settled();
    flushSync();
    expect(sending.of(7)[0]?.progress).toBe("stuck");
    uploads.remove(uploads.list[0]?.key ?? "");
    flushSync();
    await settled();
    expect(said[0]?.[1]).toMatchObject({ text: "hello", picture_ids: [] });
  });
});

describe("my changes", () => {
  const message = makeMessage(7, 1, 1, "before");

  it("are laid over the message until the room says the same", async () => {
    const { changes } = boxed(yes);
    changes.edit(message.id, "after");
    changes.react(message.id, "👍", true);
    changes.react(message.id, "👍", false);
    changes.react(message.id, "🎉", true);
    const seen = changes.over(message, 1);
    expect(seen.text).toBe("after");
    expect(seen.reactions).toEqual([{ emoji: "🎉", people: [1] }]);
    expect(changes.over(makeMessage(7, 2, 1, "other"), 1).text).toBe("other");
  });

  it("are taken back, and told, when the server says no", async () => {
    const { outbox, changes } = boxed(no);
    outbox.connected(true);
    changes.edit(message.id, "after");
    await settled();
    expect(changes.over(message, 1).text).toBe("before");
    expect(changes.takeFailed().map((entry) => entry.error?.code)).toEqual(["forbidden"]);
    expect(outbox.entries).toEqual([]);
  });

  it("delete only after the time for a change of mind", async () => {
    vi.useFakeTimers();
    const { outbox, said, changes } = boxed(yes);
    outbox.connected(true);
    const undo = changes.delete(message.id);
    expect(changes.hides(message.id)).toBe(true);
    undo();
    await vi.advanceTimersByTimeAsync(6_000);
    expect(said).toEqual([]);
    expect(changes.hides(message.id)).toBe(false);
    changes.delete(message.id);
    await vi.advanceTimersByTimeAsync(6_000);
    expect(said.map(([op]) => op)).toEqual(["message.delete"]);
    vi.useRealTimers();
  });
});
