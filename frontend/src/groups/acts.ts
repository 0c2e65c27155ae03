/** What people do in and to groups. Each throws what the server says; the event changes the page. */
import { api, data } from "../http";
import type {
  GroupLine,
  GroupPage,
  GroupRoomChange,
  GroupRoomDraft,
  InterestChange,
  InterestDraft,
} from "../wire/api";

const at = (group_id: number) => ({ params: { path: { group_id } } });
const of = (group_id: number, other_id: number) => ({ params: { path: { group_id, other_id } } });

export function make(draft: InterestDraft): Promise<GroupPage> {
  return data(api.POST("/api/groups", { body: draft }));
}

export function change(group: number, body: InterestChange): Promise<GroupPage> {
  return data(api.PATCH("/api/groups/{group_id}", { ...at(group), body }));
}

export function join(group: number, answers: string[] = []): Promise<GroupLine> {
  return data(api.POST("/api/groups/{group_id}/join", { ...at(group), body: { answers } }));
}

/** Send somebody out, take an invitation back; of myself: leave, take back, decline. */
export async function remove(group: number, other: number): Promise<void> {
  await api.DELETE("/api/groups/{group_id}/members/{other_id}", of(group, other));
}

export async function invite(group: number, person_id: number): Promise<void> {
  await api.POST("/api/groups/{group_id}/invitations", { ...at(group), body: { person_id } });
}

export async function approve(group: number, other: number): Promise<void> {
  await api.PUT("/api/groups/{group_id}/requests/{other_id}", of(group, other));
}

export async function decline(group: number, other: number): Promise<void> {
  await api.DELETE("/api/groups/{group_id}/requests/{other_id}", of(group, other));
}

export async function ban(group: number, other: number): Promise<void> {
  await api.PUT("/api/groups/{group_id}/bans/{other_id}", of(group, other));
}

export async function unban(group: number, other: number): Promise<void> {
  await api.DELETE("/api/groups/{group_id}/bans/{other_id}", of(group, other));
}

export async function giveRole(
  group: number,
  other: number,
  role: "moderator" | "member",
): Promise<void> {
  const body = { role };
  await api.PATCH("/api/groups/{group_id}/members/{other_id}", { ...of(group, other), body });
}

export async function handOver(group: number, person_id: number): Promise<void> {
  await api.PUT("/api/groups/{group_id}/owner", { ...at(group), body: { person_id } });
}

export async function archive(group: number): Promise<void> {
  await api.PUT("/api/groups/{group_id}/archive", at(group));
}

export async function reopen(group: number): Promise<void> {
  await api.DELETE("/api/groups/{group_id}/archive", at(group));
}

/** A new chat of the group, with me in it. Returns its id. */
export async function makeRoom(group: number, body: GroupRoomDraft): Promise<number> {
  return (await data(api.POST("/api/groups/{group_id}/rooms", { ...at(group), body }))).id;
}

export async function changeRoom(
  group_id: number,
  room_id: number,
  body: GroupRoomChange,
): Promise<void> {
  const params = { path: { group_id, room_id } };
  await api.PATCH("/api/groups/{group_id}/rooms/{room_id}", { params, body });
}

/** Come into a chat of a group that I am in. */
export async function enterRoom(group_id: number, room_id: number): Promise<void> {
  const params = { path: { group_id, room_id } };
  await api.POST("/api/groups/{group_id}/rooms/{room_id}/join", { params });
}
