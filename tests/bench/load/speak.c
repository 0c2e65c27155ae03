// What is said and heard on one socket: the handshake's answer, frames, joins, Socket.IO packets.
#define _GNU_SOURCE
#include "wire.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void send_frame(Sock *s, int opcode, const char *text, size_t length) {
  // Masked with zeros: allowed, and the payload stays readable.
  unsigned char head[14] = {0x80 | opcode};
  size_t size = 2;
  if (length < 126) {
    head[1] = 0x80 | length;
  } else {
    head[1] = 0x80 | 126, head[2] = length >> 8, head[3] = length & 255;
    size = 4;
  }
  wire_put(s, head, size + 4);
  wire_put(s, text, length);
  wire_flush(s);
}

void wire_send(Sock *s, const char *text, size_t length) {
  if (s->state == OPEN) send_frame(s, 1, text, length);
}

size_t fill(char *to, size_t room, const char *pattern, uint64_t stamp, uint64_t serial) {
  // @T a stamp, @N a client id (32 hex digits), @R a plain number.
  size_t length = 0;
  for (const char *c = pattern; *c && length + 40 < room; c++) {
    if (*c != '@' || !strchr("TNR", c[1]) || !c[1]) { to[length++] = *c; continue; }
    c++;
    if (*c == 'T') length += sprintf(to + length, "%016llu", (unsigned long long)stamp);
    if (*c == 'N') length += sprintf(to + length, "%08x%024llx", (unsigned)getpid(), (unsigned long long)serial);
    if (*c == 'R') length += sprintf(to + length, "%llu", (unsigned long long)serial);
  }
  to[length] = 0;
  return length;
}

void wire_rejoin(Sock *s) {
  // In a hello @E is the epoch and @0 … @3 the number of the topic at that place, once they are known.
  static char text[65536];
  size_t length = 0;
  for (const char *c = hellos[s->index % hello_count]; *c && length + 100 < sizeof text; c++) {
    if (*c != '@') { text[length++] = *c; continue; }
    c++;
    if (*c == 'E' && s->has_head) length += sprintf(text + length, "\"epoch\":\"%s\",", epoch);
    if (*c >= '0' && *c < '0' + TOPICS && s->has_head)
      length += sprintf(text + length, ",\"after\":%llu", (unsigned long long)s->head[*c - '0']);
  }
  wire_send(s, text, length);
}

static void greet(Sock *s) {
  s->greeted = true;
  bool publishing = options.publish_path && s->index == (uint32_t)options.count;
  if (hello_count && !publishing) {
    wire_rejoin(s);
    if (options.ready_mark) return;
  }
  s->ready = true;
  if (hooks.ready) hooks.ready(s);
}

static void engine(Sock *s, char *text, size_t length) {
  if (length == 1 && *text == '2') { wire_send(s, "3", 1); return; }
  if (*text == '0') { wire_send(s, "40", 2); return; }
  if (length >= 2 && text[0] == '4' && text[1] == '0') { greet(s); return; }
  if (hooks.text) hooks.text(s, text, length);
}

static void heads_of(Sock *s, char *text) {
  char *at = strstr(text, "\"joined\":[");
  for (int i = 0; at && i < TOPICS; i++) {
    if (!(at = strstr(at, "\"head\":"))) break;
    s->head[i] = strtoull(at += 7, NULL, 10);
  }
  s->has_head = true;
}

static void on_text(Sock *s, char *text, size_t length) {
  if (options.eio) { engine(s, text, length); return; }
  char *said;
  if (!s->greeted && !*epoch && (said = strstr(text, "\"epoch\":\""))) sscanf(said + 9, "%63[^\"]", epoch);
  if (!s->greeted) { greet(s); return; }
  bool joined = !s->ready && options.ready_mark && strstr(text, options.ready_mark);
  if (hooks.text) hooks.text(s, text, length);
  if (joined) {
    heads_of(s, text);
    s->ready = true;
    if (hooks.ready) hooks.ready(s);
  }
}

static void on_frame(Sock *s, int opcode, char *bytes, size_t length) {
  if (opcode == 9) send_frame(s, 10, bytes, length);
  else if (opcode == 1) {
    char kept = bytes[length];
    bytes[length] = 0;
    on_text(s, bytes, length);
    if (s->state == OPEN) bytes[length] = kept;
  } else if (opcode == 8) wire_lost(s);
}

size_t wire_shaken(Sock *s, char *bytes, size_t length) {
  char *end = memmem(bytes, length, "\r\n\r\n", 4);
  if (!end) return 0;
  if (length < 12 || memcmp(bytes + 9, "101", 3)) {
    if (!failed_handshakes++) fprintf(stderr, "handshake: %.60s\n", bytes);
    wire_lost(s);
    return 0;
  }
  s->state = OPEN;
  opened_now++;
  if (!options.eio && !options.speaks_first) greet(s);
  return end + 4 - bytes;
}

size_t wire_frames(Sock *s, char *bytes, size_t length) {
  size_t done = 0;
  while (s->state == OPEN && length - done >= 2) {
    unsigned char *b = (unsigned char *)bytes + done;
    size_t size = b[1] & 127, head = 2;
    if (size == 126) {
      if (length - done < 4) break;
      size = b[2] << 8 | b[3], head = 4;
    } else if (size == 127) {
      if (length - done < 10) break;
      size = 0, head = 10;
      for (int i = 2; i < 10; i++) size = size << 8 | b[i];
    }
    if (length - done < head + size) break;
    done += head + size;
    on_frame(s, b[0] & 15, (char *)b + head, size);
  }
  return done;
}
