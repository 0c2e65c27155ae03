/** What one may do with a group and its people, and the history of a message: asked by REST. */
import { api, data } from "../http";
import { rooms } from "./rooms.svelte";

export async function rename(room_id: number, title: string): Promise<void> {
  const params = { path: { room_id } };
  const room = await data(api.PATCH("/api/rooms/{room_id}", { params, body: { title } }));
  if (room) rooms.put(room);
}

export async function addMembers(room_id: number, person_ids: number[]): Promise<void> {
  await api.POST("/api/rooms/{room_id}/members", {
    params: { path: { room_id } },
    body: { person_ids },
  });
}

/** Send somebody out, or leave when it is me. */
export async function removeMember(room_id: number, other_id: number): Promise<void> {
  await api.DELETE("/api/rooms/{room_id}/members/{other_id}", {
    params: { path: { room_id, other_id } },
  });
}

export async function editsOf(message_id: number) {
  const params = { path: { message_id } };
  return (await data(api.GET("/api/messages/{message_id}/edits", { params })))?.edits ?? [];
}
