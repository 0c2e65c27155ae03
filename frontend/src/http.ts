/** The typed HTTP client: CSRF, errors as ApiError, and one place that learns of a lost session. */
import createClient, { type Middleware } from "openapi-fetch";
import type { paths } from "./wire/api";
import type { ErrorBody } from "./wire/events";

/** The server said no, or could not be reached (status 0). */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly body: ErrorBody,
  ) {
    super(`${body.code}: ${body.message}`);
  }
}

let signedOut: () => void = () => {};

/** Called when any request is answered with 401. */
export function onSignedOut(callback: () => void): void {
  signedOut = callback;
}

/** The CSRF token that the page's cookie carries. */
export function csrf(): string {
  return /(?:^|; )csrftoken=([^;]+)/.exec(document.cookie)?.[1] ?? "";
}

const guard: Middleware = {
  onRequest({ request }) {
    if (request.method !== "GET") request.headers.set("X-CSRFToken", csrf());
    return request;
  },
  async onResponse({ response }) {
    if (response.ok) return undefined;
    if (response.status === 401) signedOut();
    throw new ApiError(response.status, await errorOf(response));
  },
  onError() {
    return new ApiError(0, { code: "unavailable", message: "No connection.", retry: true });
  },
};

async function errorOf(response: Response): Promise<ErrorBody> {
  try {
    return ((await response.clone().json()) as { error: ErrorBody }).error;
  } catch {
    const code = response.status === 404 ? "not_found" : "internal";
    return { code, message: response.statusText, retry: response.status >= 500 };
  }
}

export const api = createClient<paths>({ baseUrl: "/" });
api.use(guard);

/** The data of a request that has not failed (failures were thrown). */
export async function data<T>(request: Promise<{ data?: T }>): Promise<T> {
  return (await request).data as T;
}
