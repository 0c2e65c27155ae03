/** The wire shapes that chats are made of, under one roof. */

import type {
  MemberJoinedEvent,
  MemberLeftEvent,
  MessageDeletedEvent,
  MessageEditedEvent,
  MessageSentEvent,
  ReactionAddedEvent,
  ReactionRemovedEvent,
  RoomClosedEvent,
  RoomFrozenEvent,
  RoomOpenedEvent,
  RoomRenamedEvent,
  RoomSlowedEvent,
  RoomWritableEvent,
} from "../wire/events";

export type { MessageDraft, MessagePage, RoomList, RoomPage } from "../wire/api";
export type {
  ItemCard,
  Member,
  Message,
  PersonCard,
  PictureView,
  Quote,
  Reaction,
  ReadMark,
  RoomCard,
  RoomReads,
  StoreCard,
} from "../wire/events";

/** What is logged on `room:<id>`. */
export type RoomEvent =
  | MessageSentEvent
  | MessageEditedEvent
  | MessageDeletedEvent
  | ReactionAddedEvent
  | ReactionRemovedEvent
  | RoomRenamedEvent
  | RoomSlowedEvent
  | RoomFrozenEvent
  | MemberJoinedEvent
  | MemberLeftEvent;

/** What is logged on my own topic about chats. */
export type MyRoomEvent = RoomOpenedEvent | RoomClosedEvent | RoomWritableEvent;
