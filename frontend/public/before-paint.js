// Before the first paint, so that night and language never flash. A file of its own: the content
// security policy allows no inline script.
(() => {
  const root = document.documentElement;
  try {
    const theme = localStorage.getItem("theme");
    if (theme === "light" || theme === "dark") root.dataset.theme = theme;
    const language = localStorage.getItem("language") || navigator.language || "en";
    root.lang = language.startsWith("zh") ? "zh-Hans" : "en";
  } catch {
    // Storage may be forbidden: the system's theme and English then.
  }
})();
