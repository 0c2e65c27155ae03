/** Pushes to this browser: asked for by a tap, kept as long as one is signed in here. */
import { api } from "../http";

export type PushState = "unable" | "denied" | "off" | "on";

const WORKER = "/sw.js";

class Push {
  state = $state<PushState>("off");

  /** How it stands. A subscription that is there is told to the server anew: this may be another
   *  session, or the browser may have made it anew. */
  async look(): Promise<void> {
    if (!able()) this.state = "unable";
    else if (Notification.permission === "denied") this.state = "denied";
    else {
      const there = await (await navigator.serviceWorker.getRegistration("/"))?.pushManager
        .getSubscription()
        .catch(() => null);
      this.state = there ? "on" : "off";
      if (there) await tell(there).catch(() => {});
    }
  }

  /** key: what the server calls itself. Throws what the server or the browser says. */
  async on(key: string): Promise<void> {
    if ((await Notification.requestPermission()) !== "granted") {
      this.state = Notification.permission === "denied" ? "denied" : "off";
      return;
    }
    const worker = await navigator.serviceWorker.register(WORKER, { scope: "/" });
    await navigator.serviceWorker.ready;
    const before = await worker.pushManager.getSubscription();
    // Under another key it is worth nothing, and nothing else may be subscribed beside it.
    await before?.unsubscribe();
    const options = { userVisibleOnly: true, applicationServerKey: key };
    await tell(await worker.pushManager.subscribe(options));
    this.state = "on";
  }

  async off(): Promise<void> {
    const worker = await navigator.serviceWorker.getRegistration("/");
    const there = await worker?.pushManager.getSubscription();
    if (there) {
      await api.POST("/api/notices/push/end", { body: { endpoint: there.endpoint } });
      await there.unsubscribe();
    }
    this.state = "off";
  }
}

function able(): boolean {
  return (
    "serviceWorker" in navigator && "PushManager" in globalThis && "Notification" in globalThis
  );
}

async function tell(there: PushSubscription): Promise<void> {
  const { endpoint, keys } = there.toJSON();
  const body = { endpoint: endpoint ?? "", key: keys?.p256dh ?? "", secret: keys?.auth ?? "" };
  await api.POST("/api/notices/push", { body });
}

export const push = new Push();
