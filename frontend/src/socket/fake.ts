/** A socket for tests: what was said to it, and a server's side to play. */
export class FakeSocket {
  static all: FakeSocket[] = [];
  onmessage: ((message: { data: string }) => void) | null = null;
  onclose: ((event: { code: number; reason: string }) => void) | null = null;
  said: { op: string; ref: number; [field: string]: unknown }[] = [];
  closed = false;

  constructor(readonly url: string) {
    FakeSocket.all.push(this);
  }

  static get last(): FakeSocket {
    return FakeSocket.all.at(-1) as FakeSocket;
  }

  static open = (url: string): WebSocket => new FakeSocket(url) as unknown as WebSocket;

  send(text: string): void {
    this.said.push(JSON.parse(text));
  }

  close(): void {
    this.closed = true;
  }

  /** The server says a frame. */
  says(frame: object): void {
    this.onmessage?.({ data: JSON.stringify(frame) });
  }

  hello(epoch = "e1", time = 0): void {
    this.says({ op: "hello", protocol: 1, socket: "s", worker: "w", person_id: 1, epoch, time });
  }

  /** The server closes. */
  ends(code: number, reason = ""): void {
    this.onclose?.({ code, reason });
  }

  /** Answer the newest frame with this op. */
  answers(op: string, data: object = {}, events: object[] = []): void {
    const asked = this.said.findLast((frame) => frame.op === op);
    this.says({ op: "reply", ref: asked?.ref, data, events });
  }
}
