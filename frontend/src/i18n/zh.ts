import type { Catalogue } from "./index.svelte";
import { account } from "./zh/account";
import { app } from "./zh/app";
import { bookmarks } from "./zh/bookmarks";
import { chat } from "./zh/chat";
import { feed } from "./zh/feed";
import { gatherings } from "./zh/gatherings";
import { groups } from "./zh/groups";
import { home } from "./zh/home";
import { market } from "./zh/market";
import { notices } from "./zh/notices";
import { people } from "./zh/people";
import { polls } from "./zh/polls";
import { sharing } from "./zh/sharing";

export const zh: Catalogue = {
  ...app,
  ...account,
  ...chat,
  ...feed,
  ...groups,
  ...gatherings,
  ...home,
  ...market,
  ...bookmarks,
  ...notices,
  ...people,
  ...polls,
  ...sharing,
};
