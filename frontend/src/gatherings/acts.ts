/** What people do with gatherings. Each throws what the server says. */
import { api, data } from "../http";
import type {
  ComersPage,
  GatheringChange,
  GatheringDraft,
  GatheringEntry,
  GatheringsPage,
} from "../wire/api";

export type Said = "going" | "perhaps" | "not";
export type Word = NonNullable<GatheringEntry["mine"]>;

const at = (gathering_id: number) => ({ params: { path: { gathering_id } } });

/** Those of a group that are still to come, or (past) that are over. */
export function list(
  group_id: number,
  when: "next" | "past",
  cursor: string | null,
): Promise<GatheringsPage> {
  const query = cursor ? { when, cursor } : { when };
  const params = { path: { group_id }, query };
  return data(api.GET("/api/groups/{group_id}/gatherings", { params }));
}

export function read(id: number): Promise<GatheringEntry> {
  return data(api.GET("/api/gatherings/{gathering_id}", at(id)));
}

/** Repeating a client_id is safe. */
export function propose(group_id: number, body: GatheringDraft): Promise<GatheringEntry> {
  const params = { path: { group_id } };
  return data(api.POST("/api/groups/{group_id}/gatherings", { params, body }));
}

export function change(id: number, body: GatheringChange): Promise<GatheringEntry> {
  return data(api.PATCH("/api/gatherings/{gathering_id}", { ...at(id), body }));
}

export function cancel(id: number): Promise<GatheringEntry> {
  return data(api.PUT("/api/gatherings/{gathering_id}/cancelled", at(id)));
}

export function answer(id: number, said: Said): Promise<GatheringEntry> {
  return data(
    api.PUT("/api/gatherings/{gathering_id}/answer", { ...at(id), body: { answer: said } }),
  );
}

/** Who answered so, in the order they did. */
export function comers(id: number, word: Word, cursor: string | null): Promise<ComersPage> {
  const query = cursor ? { answer: word, cursor } : { answer: word };
  const params = { path: { gathering_id: id }, query };
  return data(api.GET("/api/gatherings/{gathering_id}/people", { params }));
}

/** Where its file for calendars is. */
export const calendarOf = (id: number): string => `/api/gatherings/${id}/calendar.ics`;
