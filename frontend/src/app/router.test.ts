import { beforeEach, describe, expect, it } from "vitest";
import { match, router } from "./router.svelte";

/** Whether the page kept the click to itself, and where it then is. */
function click(html: string, event: MouseEventInit = {}): { kept: boolean; at: string } {
  document.body.innerHTML = html;
  // Clicks that are left to the browser would navigate: seen here after the router's own listener.
  let kept = false;
  const after = (clicked: Event) => {
    kept = clicked.defaultPrevented;
    clicked.preventDefault();
  };
  addEventListener("click", after, { once: true });
  const target = document.querySelector("[data-here]") ?? document.querySelector("a");
  target?.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true, ...event }));
  return { kept, at: router.path + router.search };
}

beforeEach(() => {
  globalThis.scrollTo = () => {};
  router.go("/");
});

describe("a path", () => {
  it("is a place with its parameters", () => {
    expect(match("/")?.route.page).toBe("home/HomePage");
    expect(match("/chats/7")).toMatchObject({
      route: { page: "chat/ChatsPage", place: "chats" },
      params: { room: "7" },
    });
    expect(match("/chats/")?.params).toEqual({});
    expect(match("/items/4/")?.params).toEqual({ id: "4" });
  });

  it("that is none of ours is no place", () => {
    for (const path of ["/nowhere", "/chats/7/8", "/items", "//chats"])
      expect(match(path)).toBeNull();
  });

  it("with a broken escape is no place, and nothing is thrown", () => {
    expect(match("/chats/%E0%A4%A")).toBeNull();
  });
});

describe("a click on a link", () => {
  it("to a place of ours stays in the page, on its inside too", () => {
    expect(click('<a href="/chats/7"><b data-here>Chat</b></a>')).toEqual({
      kept: true,
      at: "/chats/7",
    });
    expect(click('<a href="/market?q=tea">Tea</a>')).toEqual({ kept: true, at: "/market?q=tea" });
  });

  it("elsewhere, to a new tab, or to be kept as a file is the browser's", () => {
    const elsewhere = { kept: false, at: "/" };
    expect(click('<a href="https://example.com/chats">Away</a>')).toEqual(elsewhere);
    expect(click('<a href="/api/docs">Docs</a>')).toEqual(elsewhere);
    expect(click('<a href="/market" target="_blank">New</a>')).toEqual(elsewhere);
    expect(click('<a href="/market" download>File</a>')).toEqual(elsewhere);
    expect(click('<a href="/market">Market</a>', { ctrlKey: true })).toEqual(elsewhere);
    expect(click('<a href="/market">Market</a>', { button: 1 })).toEqual(elsewhere);
    expect(click('<a href="#main">Skip</a>')).toEqual(elsewhere);
  });
});

describe("going", () => {
  it("back returns to where one was", async () => {
    router.go("/votes");
    router.go("/people");
    history.back();
    await new Promise((done) => addEventListener("popstate", done, { once: true }));
    expect(router.path).toBe("/votes");
    expect(router.place).toBe("votes");
  });

  it("in place of where one is leaves no trace", () => {
    router.go("/votes");
    const steps = history.length;
    router.go("/people", { replace: true });
    expect(history.length).toBe(steps);
    expect(router.path).toBe("/people");
  });
});
