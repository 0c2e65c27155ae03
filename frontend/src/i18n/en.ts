import { account } from "./en/account";
import { app } from "./en/app";
import { bookmarks } from "./en/bookmarks";
import { chat } from "./en/chat";
import { feed } from "./en/feed";
import { gatherings } from "./en/gatherings";
import { groups } from "./en/groups";
import { home } from "./en/home";
import { market } from "./en/market";
import { notices } from "./en/notices";
import { people } from "./en/people";
import { polls } from "./en/polls";
import { sharing } from "./en/sharing";

export const en = {
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
} as const;
