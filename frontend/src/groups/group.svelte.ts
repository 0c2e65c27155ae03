/** One group's page: what it says of itself, how I stand to it, who is in it and who asks. */
import { api, data } from "../http";
import { GONE } from "../ui/gone";
import type {
  BannedPeople,
  GroupCard,
  GroupMember,
  GroupPage,
  GroupRoom,
  JoinRequest,
} from "../wire/api";
import { groups } from "./groups.svelte";

export class GroupStore {
  page = $state.raw<GroupPage | null>(null);
  error = $state.raw<unknown>(null);
  members = $state.raw<readonly GroupMember[]>([]);
  next = $state<string | null>(null);
  rooms = $state.raw<readonly GroupRoom[]>([]);
  requests = $state.raw<readonly JoinRequest[]>([]);
  banned = $state.raw<BannedPeople["people"]>([]);
  /** Why the people of it could not be loaded. */
  peopleError = $state.raw<unknown>(null);
  peopleReady = $state(false);
  id = $state(0);
  /** How often my standing had been told when the page was read. */
  #turn = $state(0);
  #asked = 0;

  constructor(id: number) {
    this.id = id;
  }

  readonly card: GroupCard | null = $derived.by(() =>
    this.page ? groups.card(this.page.group) : null,
  );
  /** Nothing was told of my standing since: what is asked for by it will not be refused. */
  readonly current = $derived.by(() => groups.turn(this.id) === this.#turn);
  readonly inside = $derived(this.page?.standing === "member");
  readonly decides = $derived(this.page?.role === "owner" || this.page?.role === "moderator");
  readonly waiting = $derived(
    this.page && this.decides
      ? groups.waiting(this.id, this.page.waiting, this.page.group.version)
      : 0,
  );
  /** Whether I may ask a friend in. */
  readonly invites = $derived(
    this.decides || (this.inside && this.card?.entry === "open" && !this.card.archived),
  );

  async load(): Promise<void> {
    if (this.id === 0) {
      this.error = GONE;
      return;
    }
    this.#asked += 1;
    const asked = this.#asked;
    const turn = groups.turn(this.id);
    try {
      const read = await data(api.GET("/api/groups/{group_id}", { params: this.#path }));
      if (asked !== this.#asked) return;
      if (groups.turn(this.id) !== turn) return this.load();
      this.page = read;
      this.#turn = turn;
      this.error = null;
    } catch (error) {
      if (asked !== this.#asked) return;
      // What I may not see any more does not stay on the page; while there is no line it does.
      this.error = error;
      if (gone(error)) this.page = null;
    }
  }

  /** Who is in it; for those who decide also who asks and who is banned. */
  async loadPeople(): Promise<void> {
    try {
      const params = this.#path;
      const [read, talk] = await Promise.all([
        data(api.GET("/api/groups/{group_id}/members", { params })),
        data(api.GET("/api/groups/{group_id}/rooms", { params })),
      ]);
      this.rooms = talk.rooms;
      this.members = read.members;
      this.next = read.next ?? null;
      if (this.decides) {
        const [asks, barred] = await Promise.all([
          data(api.GET("/api/groups/{group_id}/requests", { params })),
          data(api.GET("/api/groups/{group_id}/bans", { params })),
        ]);
        this.requests = asks.requests;
        this.banned = barred.people;
      }
      this.peopleError = null;
      this.peopleReady = true;
    } catch (error) {
      this.peopleError = error;
    }
  }

  async morePeople(): Promise<void> {
    if (this.next === null) return;
    const params = { ...this.#path, query: { cursor: this.next } };
    const read = await data(api.GET("/api/groups/{group_id}/members", { params }));
    const known = new Set(this.members.map((one) => one.person.id));
    this.members = [...this.members, ...read.members.filter((one) => !known.has(one.person.id))];
    this.next = read.next ?? null;
  }

  get #path() {
    return { path: { group_id: this.id } };
  }
}

function gone(error: unknown): boolean {
  return (error as { status?: number }).status === 404;
}
