import { render, screen } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { ApiError, api } from "../http";
import { live } from "../socket/live.svelte";
import type { Comment } from "../wire/api";
import { commentsLeaving } from "./acts.svelte";
import CommentThread from "./CommentThread.svelte";
import { feedHandlers } from "./handlers";
import { comment, post } from "./testworld";

const gone = new ApiError(404, { code: "not_found", message: "", retry: false });
/** What the first page holds, and what is found by its id. */
let page: Comment[];
let found: Comment | null;

beforeEach(() => {
  Element.prototype.scrollIntoView = vi.fn();
  vi.spyOn(live, "watch").mockReturnValue(() => {});
  vi.spyOn(api, "GET").mockImplementation((async (path: string) => {
    if (path === "/api/posts/{post_id}/comments")
      return { data: { comments: page, next: null, head: 0, epoch: "e" } };
    if (!found) throw gone;
    return { data: found };
  }) as never);
});
afterEach(() => {
  for (const entry of [...live.outbox.entries]) live.outbox.remove(entry.id);
  vi.restoreAllMocks();
});

it("an answer says whom it answers and leads there", async () => {
  page = [comment(1, 4, 8), { ...comment(2, 4, 9), to_id: 1 }];
  render(CommentThread, { post: post(4, 1) });
  const to = await screen.findByRole("link", { name: /Answers Person 8.*Comment 1/ });
  await userEvent.click(to);
  expect(document.activeElement?.id).toBe("comment-1");
});

it("what is not loaded is asked for, and what is not mine to see stays unseen", async () => {
  page = [{ ...comment(2, 4, 9), to_id: 1 }];
  found = comment(1, 4, 8);
  const { unmount } = render(CommentThread, { post: post(4, 1) });
  await screen.findByText(/Answers Person 8/);
  unmount();
  found = null;
  render(CommentThread, { post: post(4, 1) });
  await screen.findByText("Answers a comment that is not shown to you.");
});

it("what was answered and is taken back says so at once", async () => {
  page = [comment(1, 4, 8), { ...comment(2, 4, 9), to_id: 1 }];
  found = null;
  render(CommentThread, { post: post(4, 1) });
  await screen.findByText(/Answers Person 8/);
  feedHandlers["comment.deleted"]({
    type: "comment.deleted",
    topic: "post:4",
    data: { post_id: 4, comment_id: 1 },
  } as never);
  await screen.findByText("Answers a comment that is not shown to you.");
});

it("by the keyboard: answer, think better of it, answer", async () => {
  page = [comment(1, 4, 8)];
  render(CommentThread, { post: post(4, 1) });
  const button = await screen.findByRole("button", { name: "Answer Person 8" });
  button.focus();
  await userEvent.keyboard("{Enter}");
  await screen.findByText("You answer Person 8");
  await userEvent.keyboard("{Escape}");
  expect(screen.queryByText("You answer Person 8")).toBeNull();
  button.focus();
  await userEvent.keyboard("{Enter}");
  await userEvent.keyboard("So it is{Enter}");
  const sent = commentsLeaving(4).map(({ fields }) => [fields.text, fields.to_id]);
  expect(sent).toEqual([["So it is", 1]]);
  expect(screen.queryByText("You answer Person 8")).toBeNull();
});

it("what waits for me is not answered before others see it", async () => {
  page = [{ ...comment(1, 4, 8), held: true }];
  render(CommentThread, { post: post(4, 1) });
  await screen.findByText("Only you two see this comment.");
  expect(screen.queryByRole("button", { name: "Answer Person 8" })).toBeNull();
});
