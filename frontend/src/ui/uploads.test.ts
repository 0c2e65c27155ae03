import { beforeEach, describe, expect, it, vi } from "vitest";
import type { PictureView } from "../wire/api";
import { type Send, UploadError, Uploads } from "./uploads.svelte";

function view(id: number): PictureView {
  return { id, width: 10, height: 10, alt: "", placeholder: "", sources: [] };
}

const file = (name: string) => new File(["x"], name, { type: "image/png" });
const settled = () => new Promise((resolve) => setTimeout(resolve));

beforeEach(() => {
  vi.stubGlobal(
    "URL",
    Object.assign(URL, { createObjectURL: () => "blob:x", revokeObjectURL() {} }),
  );
});

describe("uploads", () => {
  // First: the other tests leave files that were never sent.
  it("closing the page is asked about while a file is only here, and not after", async () => {
    const leave = () => {
      const event = new Event("beforeunload", { cancelable: true });
      window.dispatchEvent(event);
      return event.defaultPrevented;
    };
    const answers: (() => void)[] = [];
    const one = new Uploads(() => new Promise((done) => answers.push(() => done(view(1)))));
    const other = new Uploads(() => Promise.reject(new UploadError("network")));
    expect(leave()).toBe(false);
    one.add([file("a")]);
    other.add([file("b")]);
    await settled();
    expect(leave()).toBe(true);
    answers[0]?.();
    await settled();
    expect(leave(), "the failed one is still to be lost").toBe(true);
    other.clear();
    expect(leave()).toBe(false);
    one.clear();
    expect(leave()).toBe(false);
  });

  it("takes as many as there is room for and says how many were left out", async () => {
    const uploads = new Uploads(async () => view(1), 3);
    uploads.add([file("a"), file("b"), file("c"), file("d"), file("e")]);
    expect(uploads.list).toHaveLength(3);
    expect(uploads.refused).toBe(2);
    await settled();
    expect(uploads.done).toHaveLength(3);
    expect(uploads.busy).toBe(false);
  });

  it("sends two at a time, in the order chosen", async () => {
    const asked: string[] = [];
    const answers: (() => void)[] = [];
    const uploads = new Uploads((one) => {
      asked.push(one.name);
      return new Promise((resolve) => answers.push(() => resolve(view(asked.length))));
    });
    uploads.add([file("a"), file("b"), file("c")]);
    expect(asked).toEqual(["a", "b"]);
    answers[0]?.();
    await settled();
    expect(asked).toEqual(["a", "b", "c"]);
  });

  it("says why one failed, and a retry uses the same client_id", async () => {
    const keys: string[] = [];
    const send: Send = async (_, key) => {
      keys.push(key);
      if (keys.length === 1) throw new UploadError("too_large");
      return view(7);
    };
    const uploads = new Uploads(send);
    uploads.add([file("a")]);
    await settled();
    expect(uploads.list[0]?.error).toBe("too_large");
    expect(uploads.failed).toBe(true);
    uploads.retry(keys[0] as string);
    await settled();
    expect(uploads.done.map((one) => one.id)).toEqual([7]);
    expect(keys[1]).toBe(keys[0]);
    expect(keys[0]).toMatch(/^[0-9a-f]{32}$/);
  });

  it("a removed one is stopped and does not come back", async () => {
    let signal: AbortSignal | undefined;
    let answer: ((picture: PictureView) => void) | undefined;
    const uploads = new Uploads((_file, _key, _progress, stop) => {
      signal = stop;
      return new Promise((resolve) => {
        answer = resolve;
      });
    });
    uploads.add([file("a")]);
    uploads.remove(uploads.list[0]?.key as string);
    expect(signal?.aborted).toBe(true);
    answer?.(view(1));
    await settled();
    expect(uploads.list).toEqual([]);
  });

  it("keeps order when one is moved", () => {
    const uploads = new Uploads(async () => view(1));
    uploads.restore([view(1), view(2), view(3)]);
    uploads.move(uploads.list[2]?.key as string, -1);
    expect(uploads.done.map((one) => one.id)).toEqual([1, 3, 2]);
  });
});
