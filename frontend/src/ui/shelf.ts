/** localStorage, or as much memory as the page has where storage is forbidden. */
export type Shelf = Pick<Storage, "getItem" | "setItem" | "removeItem">;

export function openShelf(): Shelf {
  try {
    localStorage.setItem("shelf", "");
    localStorage.removeItem("shelf");
    return localStorage;
  } catch {
    const kept = new Map<string, string>();
    return {
      getItem: (name) => kept.get(name) ?? null,
      setItem: (name, value) => void kept.set(name, value),
      removeItem: (name) => void kept.delete(name),
    };
  }
}
