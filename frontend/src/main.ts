import "./ui/tokens.css";
import "./ui/components.css";
import { mount } from "svelte";
import { session } from "./account/session.svelte";
import App from "./app/App.svelte";
import { i18n, preferred } from "./i18n/index.svelte";

await i18n.use(preferred());
mount(App, { target: document.getElementById("app") as HTMLElement });
void session.load();
