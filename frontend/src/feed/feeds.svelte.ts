/** The lists of posts of this session, the open conversations, and how all of them stay current. */
import { api, data } from "../http";
import { items } from "../market/items.svelte";
import { distances } from "../people/distance.svelte";
import { lists } from "../people/lists.svelte";
import { ties } from "../people/ties.svelte";
import { live } from "../socket/live.svelte";
import { bears } from "../ui/tags";
import type { FeedPage, FriendListView, Post, PostEntry, TieView } from "../wire/api";
import type {
  PostPublishedEvent,
  PostShownEvent,
  PostWithdrawnEvent,
  PostWithheldEvent,
} from "../wire/events";
import { posts } from "./posts.svelte";
import { Source } from "./source.svelte";
import { Thread } from "./thread.svelte";

/** How far back posts that have become mine to see are woven into what is loaded. */
const WEAVE_PAGES = 5;
const RELOAD_PAUSE = 3_000;

class Feeds {
  /** My id: my own posts do not wait behind the pill. Set when a page with posts opens. */
  me = 0;
  /** Called with every post of mine that has been published. */
  onMine: (post: Post) => void = () => {};
  readonly friends = new Source(
    (cursor) => data(api.GET("/api/feed", query(cursor))),
    // What is hidden in a group stands there only, for those who decide. A friend's topic is followed
    // for more than posts: of whom I mute they stay out here.
    (post) =>
      (post.audience !== "held" || post.author.id === this.me) &&
      !distances.is(post.author.id, "muted"),
    (heads) => this.#follow(heads),
  );
  readonly everyone = new Source(
    (cursor) => data(api.GET("/api/feed/everyone", query(cursor))),
    (post) => post.audience === "everyone" && !distances.is(post.author.id, "muted"),
  );
  readonly #people = new Map<number, Source>();
  readonly #groups = new Map<number, Source>();
  readonly #tags = new Map<string, Source>();
  readonly #threads = new Map<number, Thread>();
  /** The topics that tell of posts: of authors, of lists, and my own. */
  readonly #followed = new Map<string, () => void>();
  /** Those whose events have a hole. */
  readonly #lost = new Set<string>();
  #reloading: Promise<void> | null = null;

  /** One person's posts; the same list as long as somebody looks at it. */
  of(person: number): Source {
    const known = this.#people.get(person);
    if (known) return known;
    // Beyond the component that asks first: what is derived in a list lives as long as the list.
    $effect.root(() => {
      const source = new Source(
        (cursor) => this.#page(person, cursor),
        (post) => post.author.id === person && post.group === null,
        (heads) => this.#follow(heads),
      );
      this.#people.set(person, source);
    });
    return this.of(person);
  }

  /** What is shown in a group; the same list as long as the page lives. */
  inGroup(group: number): Source {
    const known = this.#groups.get(group);
    if (known) return known;
    $effect.root(() => {
      const source = new Source(
        (cursor) => groupPage(group, cursor),
        ({ group: made, audience }) =>
          made?.id === group && (audience === "group" || audience === "held"),
        (heads) => this.#follow(heads),
      );
      this.#groups.set(group, source);
    });
    return this.inGroup(group);
  }

  /** What bears a tag; the same list as long as the page lives. tag: as it is compared. */
  tagged(tag: string): Source {
    const known = this.#tags.get(tag);
    if (known) return known;
    $effect.root(() => {
      const source = new Source(
        (cursor) => tagPage(tag, cursor),
        (post) =>
          bears(post.text, tag) &&
          (post.audience !== "held" || post.author.id === this.me) &&
          !distances.is(post.author.id, "muted"),
      );
      this.#tags.set(tag, source);
    });
    return this.tagged(tag);
  }

  thread(post: number): Thread | undefined {
    return this.#threads.get(post);
  }

  /** The conversation under a post, opened. Give it back with `closeThread`. */
  openThread(post: number): Thread {
    const thread = this.#threads.get(post) ?? new Thread(post);
    this.#threads.set(post, thread);
    void thread.open();
    return thread;
  }

  closeThread(post: number): void {
    this.#threads.get(post)?.close();
    this.#threads.delete(post);
  }

  /** Follow the counts and the fate of a post that is on the screen. */
  watch(id: number): () => void {
    const topic = `post:${id}`;
    return live.watch(topic, {
      onGone: () => posts.lose(id),
      onReset: () => {
        if (!this.#threads.has(id)) void this.#again(id);
      },
    });
  }

  /** A post by its address. Rejects with ApiError. */
  async one(post_id: number): Promise<PostEntry> {
    const entry = await data(api.GET("/api/posts/{post_id}", { params: { path: { post_id } } }));
    items.offer([entry.post.item]);
    posts.keep([entry]);
    return entry;
  }

  published(event: PostPublishedEvent): void {
    posts.apply(event, lists.onTopic(event.topic)?.id ?? null);
    items.offer([event.data.post.item]);
    this.#admit(event.data.post);
  }

  /** Somebody posted in a group whom a block separates from a member: it is asked for one by one. */
  async withheld({ data: { post_id } }: PostWithheldEvent): Promise<void> {
    try {
      this.#admit((await this.one(post_id)).post);
    } catch {
      // Not there for me.
    }
  }

  /** A post as it is now, after something was done with it that its topics tell others. */
  async again(post_id: number): Promise<void> {
    const { post } = await this.one(post_id);
    for (const { feed } of this.#all) feed.admit(post, true);
  }

  /** I came into a group: what is shown there is mine to see now, and followed. */
  async joined(group: number): Promise<void> {
    if (this.friends.feed.phase !== "ready") return;
    try {
      const page = await groupPage(group, null);
      this.#follow(page.heads);
      for (const { feed } of this.#open) feed.weave(page.entries);
    } catch {
      // Out of it again, or no answer: the next load of the page tells.
    }
  }

  /** A post is not told here any more, and perhaps nowhere else. */
  withdrawn(event: PostWithdrawnEvent): void {
    posts.apply(event);
    const id = event.data.post_id;
    if (!posts.get(id)) for (const { feed } of this.#all) feed.drop(id);
  }

  /** Others see a post than before; everyone, perhaps. */
  shown(event: PostShownEvent): void {
    posts.apply(event);
    const entry = posts.get(event.data.post_id);
    if (entry) this.#admit(entry.post);
  }

  /** Another post stands first on somebody's page. */
  repinned(author: number): void {
    void this.#people.get(author)?.repin();
  }

  /** The answer to a post of mine; the event brings the same. */
  answered(entry: PostEntry): void {
    posts.keep([entry]);
    items.offer([entry.post.item]);
    this.#admit(entry.post);
  }

  /** A tie changed. A new friend's posts become mine to see; losing the right is told by `dropped`. */
  tied(person: number, tie: TieView["tie"]): void {
    if (tie === "friends") void this.more(person);
    if (tie === "blocked") posts.forgetAuthor(person);
  }

  /** A list of mine may have become one that something is shown to: followed from its beginning. */
  listed({ topic }: FriendListView): void {
    if (topic !== null && this.#open.length) this.#follow({ [topic]: 0 });
  }

  /** I mute somebody no more: what they posted meanwhile is not on my pages yet, and waits. */
  async heard(person: number): Promise<void> {
    void this.everyone.refresh();
    if (this.friends.feed.phase !== "ready") return;
    let near = ties.to(person) === "friends";
    for await (const page of this.#pages(person)) {
      near ||= `public:${person}` in page.heads; // I follow them
      if (!near) return;
      this.#follow(page.heads);
      this.friends.feed.weave(page.entries);
    }
  }

  /** What they show beyond friends is told on a topic of its own from now on. */
  opened(person: number): void {
    if (this.#open.length) this.#follow({ [`public:${person}`]: 0 });
  }

  /** Posts of this person have become mine to see. */
  async more(person: number): Promise<void> {
    const lists = this.#open.filter(
      (source) => source === this.friends || source === this.#people.get(person),
    );
    if (lists.length === 0) return;
    for await (const page of this.#pages(person)) {
      this.#follow(page.heads);
      for (const { feed } of lists) feed.weave(page.entries);
    }
  }

  #admit(post: Post): void {
    const mine = post.author.id === this.me;
    if (mine) this.onMine(post);
    for (const { feed } of this.#all) feed.admit(post, mine);
  }

  #follow(heads: FeedPage["heads"]): void {
    for (const [topic, after] of Object.entries(heads)) {
      // A topic that is followed already is not moved: what happened meanwhile still comes.
      if (this.#followed.has(topic)) continue;
      const [kind, id] = topic.split(":");
      const stop = live.watch(topic, {
        after,
        onReset: () => this.#missed(topic),
        onGone: () => {
          this.#followed.delete(topic);
          if (kind === "author" || (kind === "public" && ties.to(Number(id)) !== "friends"))
            void this.#parted(Number(id));
          if (kind === "list") void this.#unlisted();
          if (kind === "members") this.#out(Number(id));
        },
      });
      this.#followed.set(topic, stop);
    }
  }

  get #all(): Source[] {
    const kept = [this.#people, this.#groups, this.#tags].flatMap((some) => [...some.values()]);
    return [this.friends, this.everyone, ...kept];
  }

  /** The lists of posts that are loaded and followed. */
  get #open(): Source[] {
    const followed = [this.friends, ...this.#people.values(), ...this.#groups.values()];
    return followed.filter(({ feed }) => feed.phase === "ready");
  }

  /** Too much of a topic was missed to be told one by one. */
  #missed(topic: string): void {
    this.#lost.add(topic);
    this.#reloading ??= this.#reload().finally(() => {
      this.#reloading = null;
    });
  }

  async #reload(): Promise<void> {
    while (this.#lost.size) {
      const lost = [...this.#lost];
      const pages = await Promise.all(this.#open.map((source) => source.load()));
      if (pages.includes(null)) {
        await new Promise((again) => setTimeout(again, RELOAD_PAUSE));
        continue;
      }
      for (const topic of lost) {
        this.#lost.delete(topic);
        // The oldest of the pages: what only the others hold is told again, and known by its id.
        const heads = pages.flatMap((page) => page?.[topic] ?? []);
        if (heads.length) live.loaded(topic, Math.min(...heads));
      }
    }
  }

  async #again(id: number): Promise<void> {
    try {
      live.loaded(`post:${id}`, (await this.one(id)).head);
    } catch {
      posts.lose(id);
    }
  }

  /**
   * I may not follow the author as before: no friend any more, or no follower. What they wrote for
   * everyone stays in sight, unless they have blocked me: that looks the same from here, so the
   * server is asked what I may still see.
   */
  async #parted(author: number): Promise<void> {
    this.friends.feed.without(author);
    posts.forgetAuthor(author, (post) => post.audience !== "everyone");
    const near = this.#followed.has(`public:${author}`) || ties.to(author) === "friends";
    if (!posts.has(author) && !near) return;
    let still = new Set<number>();
    try {
      const page = await this.#page(author, null);
      still = new Set(page.entries.map(({ post }) => post.id));
      if (`public:${author}` in page.heads || ties.to(author) === "friends")
        this.friends.feed.weave(page.entries);
    } catch {
      // Not there for me, or no answer: then nothing of theirs is shown.
    }
    posts.forgetAuthor(author, (post) => !still.has(post.id));
  }

  /**
   * I am not in somebody's list any more, whose is not said: of what was shown to some friends only,
   * the server is asked what I may still see.
   */
  async #unlisted(): Promise<void> {
    const toSome = (post: Post) => post.audience === "list" && post.author.id !== this.me;
    for (const author of posts.authors(toSome)) {
      posts.forgetAuthor(author, toSome);
      try {
        for await (const page of this.#pages(author)) posts.keep(page.entries);
      } catch {
        // No answer: then nothing of it is shown.
      }
    }
  }

  /** I am not in a group any more. */
  #out(group: number): void {
    posts.forgetGroup(group, this.me);
    this.#groups.get(group)?.feed.clear();
  }

  /** The newest pages of a person's posts. */
  async *#pages(person: number): AsyncGenerator<FeedPage> {
    let cursor: string | null = null;
    for (let page = 0; page < WEAVE_PAGES; page++) {
      const read: FeedPage = await this.#page(person, cursor);
      yield read;
      cursor = read.next;
      if (cursor === null) return;
    }
  }

  #page(other_id: number, cursor: string | null): Promise<FeedPage> {
    const params = { path: { other_id }, ...query(cursor).params };
    return data(api.GET("/api/people/{other_id}/posts", { params }));
  }
}

function groupPage(group_id: number, cursor: string | null): Promise<FeedPage> {
  const params = { path: { group_id }, ...query(cursor).params };
  return data(api.GET("/api/groups/{group_id}/posts", { params }));
}

function tagPage(tag: string, cursor: string | null): Promise<FeedPage> {
  const params = { path: { tag }, ...query(cursor).params };
  return data(api.GET("/api/tags/{tag}", { params }));
}

function query(cursor: string | null) {
  return { params: { query: cursor ? { cursor } : {} } };
}

export const feeds = new Feeds();
