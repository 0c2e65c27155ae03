import { ApiError } from "../http";
import { t } from "../i18n/index.svelte";
import { later } from "../ui/later";
import { toasts } from "../ui/toasts.svelte";

/** Done on the screen at once and on the server in five seconds, unless it is taken back. */
export function undoable(
  said: string,
  act: () => Promise<unknown>,
  back: () => void,
  failed: string,
): void {
  const stop = later(() => {
    act().catch((error: unknown) => {
      // What is not there any more needs no deleting.
      if (error instanceof ApiError && error.status === 404) return;
      back();
      toasts.show(failed);
    });
  });
  toasts.show(said, {
    label: t("undo"),
    act: () => {
      stop();
      back();
    },
  });
}
