/** Day or night: the system's choice until the person makes one. */
type Choice = "light" | "dark" | "system";

class Theme {
  choice = $state<Choice>((document.documentElement.dataset.theme as Choice) ?? "system");
  readonly #dark = matchMedia("(prefers-color-scheme: dark)");

  get dark(): boolean {
    return this.choice === "system" ? this.#dark.matches : this.choice === "dark";
  }

  use(choice: Choice): void {
    this.choice = choice;
    if (choice === "system") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = choice;
    try {
      if (choice === "system") localStorage.removeItem("theme");
      else localStorage.setItem("theme", choice);
    } catch {
      // Storage may be forbidden: the choice then lasts as long as the page.
    }
  }

  toggle(): void {
    this.use(this.dark ? "light" : "dark");
  }
}

export const theme = new Theme();
