/** Every place a person can be. A page is `src/<feature>/<Name>Page.svelte`, loaded when visited. */
import type { Component } from "svelte";

export type Place = "home" | "chats" | "market" | "votes" | "groups" | "people" | "notices" | "me";

export interface Route {
  path: string;
  page: string;
  place: Place | null;
  /** The page may be seen without being signed in: on the way in only, or always. */
  open?: "door" | "always";
  /** The page fills the height itself (a chat): no foot room, no side column. */
  whole?: boolean;
}

export const routes: Route[] = [
  { path: "/", page: "home/HomePage", place: "home" },
  { path: "/chats", page: "chat/ChatsPage", place: "chats", whole: true },
  { path: "/chats/:room", page: "chat/ChatsPage", place: "chats", whole: true },
  { path: "/posts/:id", page: "feed/PostPage", place: "home" },
  { path: "/tags/:tag", page: "feed/TagPage", place: "home" },
  { path: "/market", page: "market/MarketPage", place: "market" },
  { path: "/kept", page: "bookmarks/KeptPage", place: "market" },
  { path: "/items/:id", page: "market/ItemPage", place: "market" },
  { path: "/stores/:id", page: "market/StorePage", place: "market" },
  { path: "/votes", page: "polls/VotesPage", place: "votes" },
  { path: "/votes/:id", page: "polls/VotePage", place: "votes" },
  { path: "/groups", page: "groups/GroupsPage", place: "groups" },
  { path: "/groups/:id", page: "groups/GroupPage", place: "groups" },
  { path: "/gatherings/:id", page: "gatherings/GatheringPage", place: "groups" },
  { path: "/people", page: "people/PeoplePage", place: "people" },
  { path: "/people/:id", page: "people/PersonPage", place: "people" },
  { path: "/named/:name", page: "people/NamedPage", place: "people" },
  { path: "/invite/:token", page: "people/InvitePage", place: "people" },
  { path: "/notices", page: "notices/NoticesPage", place: "notices" },
  { path: "/notices/settings", page: "notices/NoticeSettingsPage", place: "notices" },
  { path: "/unsubscribe/:ticket", page: "notices/UnsubscribePage", place: null, open: "always" },
  { path: "/me", page: "account/MePage", place: "me" },
  { path: "/me/checkup", page: "account/CheckupPage", place: "me" },
  { path: "/me/sharing", page: "sharing/SharingPage", place: "me" },
  { path: "/me/shared", page: "sharing/SharedPage", place: "me" },
  { path: "/sign-in", page: "account/SignInPage", place: null, open: "door" },
  { path: "/sign-up", page: "account/SignUpPage", place: null, open: "door" },
  { path: "/reset-password", page: "account/ForgotPage", place: null, open: "door" },
  { path: "/reset-password/:key", page: "account/NewPasswordPage", place: null, open: "always" },
  { path: "/confirm-email/:key", page: "account/ConfirmPage", place: null, open: "always" },
];

export type Page = Component<Record<string, string>>;
type PageModule = { default: Page };
const pages = import.meta.glob<PageModule>("../*/*Page.svelte");

/** The page's component. Rejects when it cannot be fetched (no network, or a new release). */
export async function load(route: Route): Promise<Page> {
  const page = pages[`../${route.page}.svelte`];
  if (!page) throw new Error(`no such page: ${route.page}`);
  return (await page()).default;
}
