import "./ui/tokens.css";
import "./ui/components.css";
import { mount } from "svelte";
import { session } from "./account/session.svelte";
import App from "./app/App.svelte";
import { start as startKept } from "./bookmarks/kept.svelte";
import { start as startChats } from "./chat/chats.svelte";
import { start as startFeed } from "./feed/acts.svelte";
import { groups } from "./groups/groups.svelte";
import { i18n, preferred } from "./i18n/index.svelte";
import { notices } from "./notices/notices.svelte";
import { around } from "./people/around.svelte";
import { start as startVotes } from "./polls/votes.svelte";

/** English is at hand; words that do not come now are asked for again, and the page shown without. */
function speak(): Promise<void> {
  return i18n.use(preferred()).catch(() => void setTimeout(speak, 2_000));
}

await speak();
startChats();
startVotes();
startFeed();
startKept();
around.start();
notices.start();
groups.start();
mount(App, { target: document.getElementById("app") as HTMLElement });
void session.load();
