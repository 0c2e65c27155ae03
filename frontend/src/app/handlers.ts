/** What every event does, all features together; the compiler misses none. */

import { accountHandlers } from "../account/handlers";
import { bookmarkHandlers } from "../bookmarks/handlers";
import { chatHandlers } from "../chat/handlers";
import { feedHandlers } from "../feed/handlers";
import { gatheringHandlers } from "../gatherings/handlers";
import { groupHandlers } from "../groups/handlers";
import { marketHandlers } from "../market/handlers";
import { noticeHandlers } from "../notices/handlers";
import { peopleHandlers } from "../people/handlers";
import { pollHandlers } from "../polls/handlers";
import { sharingHandlers } from "../sharing/handlers";
import type { Handlers } from "../socket/dispatch";

export const handlers: Handlers = {
  ...accountHandlers,
  ...peopleHandlers,
  ...marketHandlers,
  ...bookmarkHandlers,
  ...chatHandlers,
  ...feedHandlers,
  ...groupHandlers,
  ...gatheringHandlers,
  ...pollHandlers,
  ...noticeHandlers,
  ...sharingHandlers,
};
