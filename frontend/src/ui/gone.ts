/** What an address that names nothing means, without asking the server. */
import { ApiError } from "../http";

export const GONE = new ApiError(404, { code: "not_found", message: "", retry: false });

/** The id in an address, or null when it is none. */
export function idOf(text: string | undefined): number | null {
  return text !== undefined && /^[1-9]\d{0,14}$/.test(text) ? Number(text) : null;
}
