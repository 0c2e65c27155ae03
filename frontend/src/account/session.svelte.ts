/** Who is signed in here, and the ways in and out. */
import { handlers } from "../app/handlers";
import { ApiError, api, data, onSignedOut } from "../http";
import { i18n, type Language } from "../i18n/index.svelte";
import { live } from "../socket/live.svelte";
import type { Me, MeChange } from "../wire/api";
import { ask, type Pending, type Problems, pendingOf, problemsOf } from "./allauth";
import { comeBack } from "./leaving";

const HALF_WAY = "half-way";
const LEFT = "left-until";

type Phase = "unknown" | "in" | "out" | "failed";

class Session {
  phase = $state<Phase>("unknown");
  me = $state<Me | null>(null);
  error = $state<unknown>(null);
  /** Set when this browser was signed out from elsewhere: the sign-in page says so. */
  ended = $state(false);
  /** The password was right, and this stands between: a code of the second step, or that this person
   *  is leaving. */
  pending = $state<Pending>(null);
  /** When whoever left from this browser is erased: the sign-in page says so. */
  leftUntil = $state<number | null>(null);
  /** Signing out by oneself: the socket may learn of it before the answer comes. */
  #leaving = false;
  /** The language asked for at the door: it is what this person wants, whatever they wanted before. */
  #asked: Language | null = null;
  readonly #others = new BroadcastChannel("jianghu-session");

  constructor() {
    onSignedOut(() => this.#out(true));
    // One sign-in for all tabs: the others learn of it at once.
    this.#others.onmessage = () => void this.load();
  }

  /** My id. Only for parts of the page that are shown when signed in. */
  get id(): number {
    return this.me?.person.id ?? 0;
  }

  /** Ask who is signed in, and connect when somebody is. */
  async load(): Promise<void> {
    try {
      this.#in(await data(api.GET("/api/me")));
    } catch (error) {
      if (error instanceof ApiError && error.status === 401) return;
      if (this.phase === "in") return;
      this.error = error;
      this.phase = "failed";
    }
  }

  async signIn(login: string, password: string): Promise<Problems> {
    const who = login.includes("@") ? { email: login } : { username: login };
    return this.#enter("/auth/login", { ...who, password });
  }

  /** The second step. When too much time went by, or the password is another now, nothing is pending
   *  any more: one begins anew. */
  async useCode(code: string): Promise<Problems> {
    const response = await ask("POST", "/auth/2fa/authenticate", { code });
    if (response?.status === 401) {
      const next = await pendingOf(response);
      this.#halfWay(next === "leaving" ? next : null);
      return this.pending ? {} : { "": "begin_again" };
    }
    return this.#entered(response);
  }

  /** Whoever was leaving stays after all, and is signed in. */
  async comeBack(): Promise<Problems> {
    const problems = await comeBack();
    if (problems[""] === "begin_again") this.#halfWay(null);
    if (Object.keys(problems).length > 0) return problems;
    await this.#arrived();
    return {};
  }

  /** Whoever looks up the code in an app may find this page loaded afresh: go on where it was. */
  async resume(): Promise<void> {
    if (sessionStorage.getItem(HALF_WAY) !== "yes") return;
    const response = await ask("GET", "/auth/session");
    if (response) this.#halfWay(await pendingOf(response));
  }

  /** Somebody else comes in, or the same person anew. */
  async beginAgain(): Promise<void> {
    await ask("DELETE", "/auth/session");
    this.#halfWay(null);
  }

  async signUp(fields: {
    username: string;
    name: string;
    email: string;
    password: string;
    birth_year?: string;
  }): Promise<Problems> {
    const email = fields.email.trim() ? { email: fields.email.trim() } : {};
    const year = fields.birth_year?.trim() ? { birth_year: fields.birth_year.trim() } : {};
    const { username, name, password } = fields;
    return this.#enter("/auth/signup", {
      username,
      name,
      password,
      ...email,
      ...year,
      language: i18n.language,
    });
  }

  /** Throws an ApiError when the server could not end the session: one is then still signed in. */
  async signOut(): Promise<void> {
    this.#leaving = true;
    const response = await ask("DELETE", "/auth/session");
    // "Not signed in" is how the server says that it is done.
    if (response?.status !== 401 && !response?.ok) {
      this.#leaving = false;
      const code = response ? "internal" : "unavailable";
      throw new ApiError(response?.status ?? 0, { code, message: "Still signed in.", retry: true });
    }
    this.#out(false);
    this.#others.postMessage("out");
  }

  /** What begins now ends this session of mine, by my own wish: no page says that I was signed out. */
  leaving(begun: boolean): void {
    this.#leaving = begun;
  }

  /** I have left; until then I may come back. */
  left(until: number): void {
    sessionStorage.setItem(LEFT, String(until));
    this.#out(false);
    this.#others.postMessage("out");
  }

  async change(change: Partial<MeChange>): Promise<void> {
    this.learn(await data(api.PATCH("/api/me", { body: change as MeChange })));
  }

  /** I have looked through who sees what of me, or do not want to now. */
  async checked(): Promise<void> {
    this.learn(await data(api.PUT("/api/me/checkup", {})));
  }

  /** Another tab or device changed my profile, or I did here. */
  learn(me: Me): void {
    this.me = me;
    if (me.language !== i18n.language) void i18n.use(me.language);
  }

  /** Change the language here, and for good when signed in. */
  async speak(language: Language): Promise<void> {
    await i18n.use(language);
    if (!this.me) this.#asked = language;
    else await this.change({ language }).catch(() => {});
  }

  #in(me: Me): void {
    const somebodyElse = this.me?.person.id !== me.person.id;
    const asked = this.#asked ?? me.language;
    this.#asked = null;
    this.learn({ ...me, language: asked });
    if (asked !== me.language) void this.change({ language: asked }).catch(() => {});
    this.phase = "in";
    this.#leaving = this.ended = false;
    this.error = null;
    if (!somebodyElse) return;
    live.start(me.person.id, handlers, {
      onSignedOut: () => this.#out(true),
      onNewEpoch: () => location.reload(),
      stillSignedIn: async () => (await fetch("/api/me")).status !== 401,
    });
    live.watch(`user:${me.person.id}`, { after: me.head, onReset: () => location.reload() });
  }

  #out(byOthers: boolean): void {
    // Socket and requests tell of the same end one after the other: what the first left for the page
    // we are on our way to is not the second's to take.
    if (this.phase === "out") return;
    const ended = byOthers && !this.#leaving;
    if (this.phase === "in") this.ended = ended;
    live.stop();
    // What the stores know belongs to the person who left: a fresh page knows nothing.
    const before = this.me;
    this.me = null;
    this.phase = "out";
    if (before) {
      sessionStorage.setItem("ended", ended ? "yes" : "");
      location.assign("/sign-in");
    } else {
      this.ended = sessionStorage.getItem("ended") === "yes";
      sessionStorage.removeItem("ended");
      this.leftUntil = Number(sessionStorage.getItem(LEFT)) || null;
      sessionStorage.removeItem(LEFT);
    }
  }

  async #enter(path: string, fields: object): Promise<Problems> {
    const response = await ask("POST", path, fields);
    const next = response?.status === 401 ? await pendingOf(response) : null;
    if (next) {
      this.#halfWay(next);
      return {};
    }
    return this.#entered(response);
  }

  async #entered(response: Response | null): Promise<Problems> {
    if (!response?.ok) return problemsOf(response);
    await this.#arrived();
    return {};
  }

  async #arrived(): Promise<void> {
    this.#halfWay(null);
    await this.load();
    this.#others.postMessage("in");
  }

  #halfWay(pending: Pending): void {
    this.pending = pending;
    if (pending) sessionStorage.setItem(HALF_WAY, "yes");
    else sessionStorage.removeItem(HALF_WAY);
  }
}

export const session = new Session();
