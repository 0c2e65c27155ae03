/** Pictures above the server's limits are scaled down here, where that costs nobody an upload. */

const MAX_BYTES = 9_500_000;
const MAX_SIDE = 4096;

export function tooLarge(file: File): boolean {
  return file.size > MAX_BYTES;
}

/** A smaller copy, or the file itself when it cannot be read here: the server then says why. */
export async function shrunk(file: File): Promise<File> {
  try {
    const bitmap = await createImageBitmap(file);
    const scale = Math.min(1, MAX_SIDE / Math.max(bitmap.width, bitmap.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(bitmap.width * scale);
    canvas.height = Math.round(bitmap.height * scale);
    canvas.getContext("2d")?.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
    bitmap.close();
    const small = await new Promise<Blob | null>((done) => canvas.toBlob(done, "image/jpeg", 0.88));
    return small ? new File([small], file.name, { type: small.type }) : file;
  } catch {
    return file;
  }
}
