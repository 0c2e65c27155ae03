import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ApiError, api } from "../http";
import { flush } from "../ui/later";
import type { Shelf } from "../ui/shelf";
import type { DraftBody, DraftView } from "../wire/api";
import type { ErrorBody } from "../wire/events";
import { Draft } from "./draft.svelte";
import { drafts } from "./drafts.svelte";
import { PAUSE, Saver } from "./saver.svelte";

function shelf(): Shelf {
  const kept = new Map<string, string>();
  return {
    getItem: (name) => kept.get(name) ?? null,
    setItem: (name, value) => void kept.set(name, value),
    removeItem: (name) => void kept.delete(name),
  };
}

const refusal = (status: number, code: ErrorBody["code"]) =>
  new ApiError(status, { code, message: "", retry: status !== 409 });
const OFFLINE = refusal(0, "unavailable");

/** What the server does, in a few lines; every device of a person talks to the same one. */
class Server {
  readonly rows = new Map<string, DraftView>();
  asked = 0;
  /** What happens to the next requests: lost on the way there, or on the way back. */
  fate: ("there" | "back")[] = [];
  room = 20;

  keep = async (key: string, { version, spare, ...body }: DraftBody): Promise<DraftView> => {
    this.asked++;
    const fate = this.fate.shift();
    if (fate === "there") throw OFFLINE;
    const view = this.#put(key, version, spare, body);
    if (fate === "back") throw OFFLINE;
    return view;
  };

  drop = async (key: string, version: number): Promise<void> => {
    const row = this.rows.get(key);
    if (!row) throw refusal(404, "not_found");
    if (row.version !== version) throw refusal(409, "conflict");
    this.rows.delete(key);
  };

  #put(key: string, version: number, spare: string, body: object): DraftView {
    const { text, audience } = body as DraftBody;
    const row = this.rows.get(key);
    if (row?.text === text) return row;
    const mine = (row?.version ?? 0) === version;
    if (!mine && this.rows.get(spare)?.text === text) return this.rows.get(spare) as DraftView;
    if ((!row || !mine) && this.rows.size >= this.room) throw refusal(409, "full");
    const view: DraftView = {
      client_id: mine ? key : spare,
      version: mine ? version + 1 : 1,
      text: text ?? "",
      pictures: [],
      item: null,
      of_id: null,
      audience,
      at: 0,
      due_at: row?.due_at ?? null,
      problem: null,
    };
    this.rows.set(view.client_id, view);
    return view;
  }

  get texts(): string[] {
    return [...this.rows.values()].map(({ text }) => text).sort();
  }
}

function device(server: Server, place = shelf()) {
  const draft = new Draft(() => new Promise(() => {}), place, "me");
  const split = vi.fn();
  const saver = new Saver(draft, server, split);
  const write = (text: string) => {
    draft.text = text;
    draft.keep();
  };
  return { draft, saver, split, write, place };
}

let server: Server;

beforeEach(() => {
  vi.useFakeTimers();
  server = new Server();
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

describe("a draft on the server", () => {
  it("arrives a moment after the last key, once", async () => {
    const desk = device(server);
    desk.write("a");
    await vi.advanceTimersByTimeAsync(PAUSE - 100);
    desk.write("a lamp");
    await vi.advanceTimersByTimeAsync(PAUSE - 100);
    expect(server.asked).toBe(0);
    await vi.advanceTimersByTimeAsync(200);
    expect(server.texts).toEqual(["a lamp"]);
    desk.draft.keep();
    await vi.advanceTimersByTimeAsync(PAUSE * 3);
    expect(server.asked).toBe(1);
    expect(desk.saver.state).toBe("saved");
  });

  it("is followed by what was written while it was on its way", async () => {
    const desk = device(server);
    desk.write("a");
    const saved = desk.saver.flush();
    desk.write("a lamp");
    expect(await saved).toBe(true);
    expect(server.texts).toEqual(["a lamp"]);
    expect(desk.draft.version).toBe(2);
  });

  it("stays here without a network, also over a reload, and leaves later", async () => {
    const desk = device(server);
    server.fate = ["there"];
    desk.write("offline");
    expect(await desk.saver.flush()).toBe(false);
    expect(desk.saver.state).toBe("local");
    const again = device(server, desk.place);
    expect(again.draft.text).toBe("offline");
    await vi.advanceTimersByTimeAsync(PAUSE + 10);
    expect(server.texts).toEqual(["offline"]);
  });

  it("is the same one when an answer was lost", async () => {
    const desk = device(server);
    server.fate = ["back"];
    desk.write("one");
    await desk.saver.flush();
    desk.write("one two");
    await desk.saver.flush();
    expect(server.texts).toEqual(["one two"]);
    expect(desk.split).not.toHaveBeenCalled();
  });

  it("is told when two devices wrote it, and nothing is lost", async () => {
    const desk = device(server);
    desk.write("begun");
    await desk.saver.flush();
    const phone = device(server);
    phone.draft.take([...server.rows.values()][0] as DraftView);
    phone.write("on the phone");
    desk.write("on the desk");
    expect(await phone.saver.flush()).toBe(true);
    expect(await desk.saver.flush()).toBe(true);
    expect(server.texts).toEqual(["on the desk", "on the phone"]);
    expect(desk.split).toHaveBeenCalledTimes(1);
    expect(phone.split).not.toHaveBeenCalled();
    desk.write("on the desk still");
    await desk.saver.flush();
    expect(server.texts).toEqual(["on the desk still", "on the phone"]);
  });

  it("goes when it is emptied, unless another device wrote on", async () => {
    const desk = device(server);
    desk.write("begun");
    await desk.saver.flush();
    desk.write("");
    await desk.saver.flush();
    expect(server.texts).toEqual([]);
    desk.write("again");
    await desk.saver.flush();
    const phone = device(server);
    phone.draft.take([...server.rows.values()][0] as DraftView);
    phone.write("again and more");
    await phone.saver.flush();
    desk.write("");
    expect(await desk.saver.flush()).toBe(true);
    expect(server.texts).toEqual(["again and more"]);
  });

  it("says when there is no more room", async () => {
    server.room = 0;
    const desk = device(server);
    desk.write("one too many");
    await desk.saver.flush();
    expect(desk.saver.state).toBe("full");
    await vi.advanceTimersByTimeAsync(60_000);
    expect(server.asked).toBe(1);
  });

  it("tells what version is posted, even of a save that is on its way", async () => {
    const desk = device(server);
    desk.write("to be posted");
    void desk.saver.flush();
    const { key, version } = desk.draft;
    const released = desk.saver.release(key, version);
    desk.draft.clear();
    expect(await released).toBe(1);
    expect(desk.draft.key).not.toBe(key);
    await vi.advanceTimersByTimeAsync(PAUSE * 3);
    expect(server.asked).toBe(1);
  });

  it("keeps nothing in the browser once it is gone", async () => {
    const desk = device(server);
    desk.write("begun");
    await desk.saver.flush();
    desk.draft.clear();
    expect(desk.place.getItem("me")).toBeNull();
  });
});

describe("my drafts", () => {
  const view = (change: Partial<DraftView> = {}): DraftView => ({
    client_id: "a".repeat(32),
    version: 1,
    text: "begun",
    pictures: [],
    item: null,
    of_id: null,
    audience: "friends",
    at: 0,
    due_at: null,
    problem: null,
    ...change,
  });
  const answer = (...list: DraftView[]) =>
    vi.spyOn(api, "GET").mockResolvedValue({ data: { drafts: list } } as never);

  it("tell a draft that is open here what other devices made of it", async () => {
    const { draft } = device(server);
    draft.take(view());
    drafts.opened(draft);
    answer(view({ version: 2, text: "begun and more" }));
    await drafts.load();
    expect([draft.text, draft.version]).toEqual(["begun and more", 2]);
    draft.text = "not saved yet";
    answer();
    await drafts.load();
    expect(draft.text).toBe("not saved yet");
    draft.text = "begun and more";
    await drafts.load();
    expect(draft.empty).toBe(true);
  });

  it("are deleted with undo, and stand again when that was refused", async () => {
    answer(view(), view({ client_id: "b".repeat(32) }));
    await drafts.load();
    const gone = vi.spyOn(api, "DELETE").mockResolvedValue({} as never);
    drafts.discard(view());
    expect(drafts.list.map(({ client_id }) => client_id[0])).toEqual(["b"]);
    flush();
    await vi.advanceTimersByTimeAsync(1);
    expect(gone).toHaveBeenCalledTimes(1);
    gone.mockRejectedValue(refusal(409, "conflict"));
    drafts.discard(view({ client_id: "b".repeat(32) }));
    flush();
    await vi.advanceTimersByTimeAsync(1);
    answer(view({ client_id: "b".repeat(32), version: 2 }));
    expect(drafts.list).toHaveLength(1);
  });

  it("go out at a time, which the list shows and takes back", async () => {
    const planned = (change: Partial<DraftView> = {}) =>
      view({ client_id: "c".repeat(32), ...change });
    answer(planned());
    await drafts.load();
    const put = vi.spyOn(api, "PUT");
    put.mockResolvedValue({ data: planned({ due_at: 5_000 }) } as never);
    await drafts.plan("c".repeat(32), 1, 5_000);
    expect(put.mock.calls.at(-1)?.[1]).toMatchObject({ body: { version: 1, due_at: 5_000 } });
    expect(drafts.list[0]?.due_at).toBe(5_000);
    put.mockRejectedValue(refusal(409, "conflict"));
    await expect(drafts.plan("c".repeat(32), 1, null)).rejects.toThrow();
    expect(drafts.list[0]?.due_at).toBe(5_000);
  });

  it("are not brought back by an answer that was on its way when one was posted", async () => {
    let arrive: (answer: unknown) => void = () => {};
    vi.spyOn(api, "GET").mockReturnValue(new Promise((done) => (arrive = done)) as never);
    const [posted, other] = [
      view({ client_id: "d".repeat(32) }),
      view({ client_id: "e".repeat(32) }),
    ];
    const loading = drafts.load();
    drafts.forget(posted.client_id);
    arrive({ data: { drafts: [posted, other] } });
    await loading;
    expect(drafts.list).toEqual([other]);
    // What was refused is written on: then it is a draft again.
    vi.spyOn(api, "PUT").mockResolvedValue({ data: posted } as never);
    await drafts.keep(posted.client_id, {} as DraftBody);
    expect(drafts.list).toEqual([posted, other]);
  });
});
