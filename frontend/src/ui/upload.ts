/** Sends one picture, with progress. The shared way in for every composer: `new Uploads(upload)`. */
import { csrf } from "../http";
import type { PictureView } from "../wire/api";
import { type Send, UploadError } from "./uploads.svelte";

/** fetch() tells nothing of how much has been sent, XMLHttpRequest does. */
export const upload: Send = (file, client_id, progress, signal) =>
  new Promise<PictureView>((resolve, reject) => {
    const form = new FormData();
    form.append("file", file);
    form.append("client_id", client_id);
    const request = new XMLHttpRequest();
    request.open("POST", "/api/pictures");
    request.setRequestHeader("X-CSRFToken", csrf());
    request.responseType = "json";
    request.upload.onprogress = ({ loaded, total }) => progress(total ? loaded / total : 0);
    request.onload = () => {
      if (request.status >= 200 && request.status < 300) resolve(request.response as PictureView);
      else reject(new UploadError(codeOf(request)));
    };
    request.onerror = () => reject(new UploadError("network"));
    request.onabort = () => reject(new UploadError("network"));
    signal.addEventListener("abort", () => request.abort());
    request.send(form);
  });

/** The server's code; a proxy in between may have answered in its own words. */
function codeOf(request: XMLHttpRequest): string {
  const body = request.response as { error?: { code?: string } } | null;
  if (body?.error?.code) return body.error.code;
  return request.status === 413 ? "too_large" : "internal";
}
