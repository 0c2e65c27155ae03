import { describe, expect, it } from "vitest";
import { Conversation, WINDOW } from "./messages.svelte";
import { dice, RoomModel } from "./room.model";
import { Rooms } from "./rooms.svelte";

/** What a person sees of a chat. */
function view(chat: Conversation) {
  return { messages: chat.messages, members: chat.members, later: chat.later };
}

/** Fails when a message is shown older than it was shown before. */
function forwardOnly() {
  const seen = new Map<number, number>();
  return (chat: Conversation) => {
    const younger = chat.messages.filter(({ id, edited_at, deleted }) => {
      const age = deleted ? Number.POSITIVE_INFINITY : (edited_at ?? 0);
      const was = seen.get(id) ?? 0;
      seen.set(id, age);
      return age < was;
    });
    expect(younger).toEqual([]);
  };
}

describe("a snapshot and the events after it are a fresh snapshot", () => {
  it.each(Array.from({ length: 60 }, (_, seed) => seed + 1))("seed %i", (seed) => {
    const roll = dice(seed);
    const server = new RoomModel(7);
    for (let i = 0; i < 40; i += 1) server.act(roll);
    const chat = new Conversation(7);
    const line = new Rooms();
    line.me = 1;
    chat.load(server.fresh());
    line.load({ rooms: [server.card()], epoch: "e" });
    for (let i = 0; i < 60; i += 1) {
      const event = server.act(roll);
      chat.apply(event);
      line.apply(7, event);
    }
    const fresh = new Conversation(7);
    fresh.load({ ...server.fresh(), page: server.page(chat.first, chat.last) });
    expect(view(chat)).toEqual(view(fresh));
    expect(line.get(7)).toEqual(freshLine(server));
  });

  it.each(Array.from({ length: 200 }, (_, seed) => seed + 1))(
    "pages and events that overtake each other, seed %i",
    (seed) => {
      const roll = dice(seed * 7919);
      const server = new RoomModel(7);
      for (let i = 0; i < 120; i += 1) server.act(roll);
      const chat = new Conversation(7);
      const events = [];
      const answers: (() => void)[] = [];
      const check = forwardOnly();
      let delivered = 0;
      let ask = () =>
        answers.push(
          (
            (page) => () =>
              chat.load(page)
          )(server.fresh(10)),
        );
      ask();
      ask = () => {
        if (!chat.loaded) return 0;
        const page = server.page(chat.first - 10, chat.first - 1);
        return answers.push(() => chat.prepend(page));
      };
      for (let step = 0; step < 150; step += 1) {
        if (roll(3) > 0) events.push(server.act(roll, 40));
        if (roll(6) === 0) ask();
        if (roll(4) === 0) answers.shift()?.();
        if (roll(2) === 0 && delivered < events.length) chat.apply(events[delivered++]!);
        check(chat);
      }
      for (const answer of answers) answer();
      while (delivered < events.length) chat.apply(events[delivered++]!);
      const fresh = new Conversation(7);
      fresh.load({ ...server.fresh(), page: server.page(chat.first, chat.last) });
      expect(view(chat)).toEqual(view(fresh));
    },
  );
});

/** The model shows every face; a line shows at most four. Which four is the server's business. */
function freshLine(server: RoomModel) {
  const { people, ...rest } = server.card();
  void people;
  return expect.objectContaining(rest);
}

describe("the window", () => {
  function chatOf(count: number, size = 50) {
    const server = new RoomModel(1);
    for (let i = 0; i < count; i += 1) server.send(2);
    const chat = new Conversation(1);
    chat.load(server.fresh(size));
    return { server, chat };
  }

  it("drops an event that it has seen", () => {
    const { server, chat } = chatOf(3);
    const event = server.send(2);
    chat.apply(event);
    chat.apply(event);
    expect(chat.messages.map((message) => message.ordinal)).toEqual([1, 2, 3, 4]);
  });

  it("does not put a new message behind a gap", () => {
    const { server, chat } = chatOf(100);
    chat.show(server.page(10, 30));
    chat.apply(server.send(2));
    expect(chat.last).toBe(30);
    expect(chat.later).toBe(true);
  });

  it("comes back to the present with what came meanwhile", () => {
    const { server, chat } = chatOf(100);
    chat.show(server.page(10, 30));
    const latest = server.page(60, 100);
    chat.apply(server.send(2));
    chat.apply(server.send(3));
    expect(chat.show(latest)).toBe(true);
    expect([chat.first, chat.last, chat.later]).toEqual([60, 102, false]);
  });

  it("refuses a page that does not touch it", () => {
    const { server, chat } = chatOf(100);
    expect(chat.prepend(server.page(10, 20))).toBe(false);
    expect(chat.first).toBe(51);
  });

  it("refuses a page from before the last fresh load", () => {
    const { server, chat } = chatOf(100);
    const old = server.page(31, 50);
    chat.apply(server.send(2));
    chat.load(server.fresh(50));
    expect(chat.prepend(old)).toBe(false);
  });

  it("stays bounded whichever way one scrolls", () => {
    const { server, chat } = chatOf(4_000, 100);
    while (chat.earlier) {
      chat.prepend(server.page(chat.first - 100, chat.first - 1));
      chat.trimEnd();
    }
    expect(chat.first).toBe(1);
    expect(chat.messages.length).toBeLessThanOrEqual(WINDOW);
    expect(chat.later).toBe(true);
    while (chat.later) {
      chat.append(server.page(chat.last + 1, chat.last + 100));
      chat.trimStart();
    }
    expect(chat.last).toBe(4_000);
    expect(chat.messages.length).toBeLessThanOrEqual(WINDOW);
    expect(chat.at(chat.last)?.ordinal).toBe(4_000);
  });

  it("stops growing for a reader far up in a busy room", () => {
    const { server, chat } = chatOf(10);
    for (let i = 0; i < 2 * WINDOW + 50; i += 1) chat.apply(server.send(2));
    expect(chat.messages.length).toBe(2 * WINDOW);
    expect(chat.later).toBe(true);
  });

  it("moves read and delivered marks forward only", () => {
    const { chat } = chatOf(10);
    chat.applyReads({ reads: [{ person_id: 2, ordinal: 3, delivered: 9 }] });
    chat.applyReads({ reads: [{ person_id: 2, ordinal: 4, delivered: 8 }] });
    expect([chat.reads.get(2), chat.delivered.get(2)]).toEqual([4, 9]);
  });

  it("takes whoever writes as having got and read everything before it", () => {
    const { server, chat } = chatOf(10);
    chat.apply(server.send(2));
    expect([chat.reads.get(2), chat.delivered.get(2)]).toEqual([11, 11]);
  });
});
