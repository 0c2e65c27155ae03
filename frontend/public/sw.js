// Shows what a push says, and opens the thing when it is tapped. It keeps nothing and serves nothing.

self.addEventListener("push", (event) => {
  let told = {};
  try {
    told = event.data?.json() ?? {};
  } catch {
    // Not ours: a browser must show something all the same.
  }
  const { title = "江湖 Jianghu", body = "", path = "/notices", tag = "notices" } = told;
  const icon = "/static/app/art/icon-192.png";
  const options = { body, tag, icon, badge: icon, data: { path } };
  event.waitUntil(self.registration.showNotification(title, options));
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const to = new URL(event.notification.data?.path ?? "/notices", self.location.origin);
  if (to.origin !== self.location.origin) return;
  event.waitUntil(open(to));
});

async function open(to) {
  const pages = await self.clients.matchAll({ type: "window" });
  const page = pages.find((one) => new URL(one.url).origin === to.origin);
  if (!page) return self.clients.openWindow(to.href);
  // Refused where too long ago a finger was on the screen: the page may lead there all the same.
  await page.focus().catch(() => {});
  return page.navigate(to.href);
}

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
