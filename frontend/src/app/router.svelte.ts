/** A small router over the History API. Links are ordinary links; clicks on ours stay in the page. */
import { type Place, type Route, routes } from "./routes";

export interface Match {
  route: Route;
  params: Record<string, string>;
}

/** The route of a path, with its parameters: `/chats/7` is `/chats/:room`. */
export function match(path: string): Match | null {
  const parts = path.replace(/\/+$/, "").split("/");
  for (const route of routes) {
    const pattern = route.path.replace(/\/+$/, "").split("/");
    if (pattern.length !== parts.length) continue;
    const params: Record<string, string> = {};
    const fits = pattern.every((want, index) => {
      const part = parts[index] ?? "";
      if (!want.startsWith(":")) return want === part;
      const value = decoded(part);
      params[want.slice(1)] = value;
      return value !== "";
    });
    if (fits) return { route, params };
  }
  return null;
}

/** Empty, as no parameter is, for a broken escape: a path is typed by hand and pasted in messages. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return "";
  }
}

class Router {
  path = $state(location.pathname);
  search = $state(location.search);
  readonly match = $derived(match(this.path));
  readonly place: Place | null = $derived(this.match?.route.place ?? null);

  constructor() {
    addEventListener("popstate", () => this.#read());
    document.addEventListener("click", (event) => this.#click(event));
  }

  /** Go to a path of ours; replace: the back button skips where we are. */
  go(to: string, { replace = false } = {}): void {
    if (to === location.pathname + location.search) return;
    history[replace ? "replaceState" : "pushState"]({}, "", to);
    this.#read();
    if (!replace) scrollTo(0, 0);
  }

  #read(): void {
    this.path = location.pathname;
    this.search = location.search;
  }

  #click(event: MouseEvent): void {
    if (event.defaultPrevented || event.button !== 0) return;
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = (event.target as Element | null)?.closest?.("a");
    if (!link || link.target || link.hasAttribute("download")) return;
    const url = new URL(link.href, location.href);
    if (url.origin !== location.origin || !match(url.pathname)) return;
    if (url.hash && url.pathname === location.pathname) return;
    event.preventDefault();
    this.go(url.pathname + url.search);
  }
}

export const router = new Router();
