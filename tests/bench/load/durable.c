// Rooms of which the first `senders` people send, each with `window` sends under way, as fast as the
// acknowledgements come. Socket i is in room i % rooms. Everything acknowledged must reach the whole
// room: at the end every socket has got what its room has acknowledged, no more and no less.
// --frame holds @R (the ref that the acknowledgement repeats), @N (client id) and @T (stamp).
// --ack and --refusal are what stands before the ref in an answer.
#define _GNU_SOURCE
#include "wire.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct { uint64_t begun[64]; int under_way; } Sender;

static Histogram acks, arrivals;
static bool sending, measuring;
static uint64_t serial, measured, refused, *acked_in, acked;
static char **frame_of;

static void say(Sock *s) {
  static char text[8192];
  Sender *sender = s->own;
  // The slot is in the low digits of the ref, so that an acknowledgement finds its send.
  int slot = 0;
  while (sender->begun[slot]) slot++;
  uint64_t ref = ++serial * 64 + slot, now = now_us();
  sender->begun[slot] = now;
  sender->under_way++;
  wire_send(s, text, fill(text, sizeof text, frame_of[s->index % options.rooms], STAMP_BASE + now, ref));
}

static void on_text(Sock *s, char *text, size_t length) {
  marks(s, text, length, measuring ? &arrivals : NULL);
  bool yes = !strncmp(text, options.ack, strlen(options.ack));
  bool no = !yes && options.refusal && !strncmp(text, options.refusal, strlen(options.refusal));
  if (!s->own || (!yes && !no)) return;
  Sender *sender = s->own;
  int slot = strtoull(text + strlen(yes ? options.ack : options.refusal), NULL, 10) % 64;
  if (!sender->begun[slot]) return;
  if (measuring) note(&acks, now_us() - sender->begun[slot], 1), measured++;
  sender->begun[slot] = 0;
  sender->under_way--;
  if (no || strstr(text, "{\"error\"")) {
    if (!refused++) fprintf(stderr, "refused: %.200s\n", text);
  } else {
    acked++;
    acked_in[s->index % options.rooms]++;
  }
  if (sending) say(s);
}

static void for_ms(uint64_t ms) {
  uint64_t until = now_us() + ms * 1000;
  while (now_us() < until) wire_poll(5);
}

static bool whole(uint64_t *missing, uint64_t *extra) {
  *missing = *extra = 0;
  for (int i = 0; i < options.count; i++) {
    uint64_t wanted = acked_in[i % options.rooms];
    if (socks[i].got < wanted) *missing += wanted - socks[i].got;
    if (socks[i].got > wanted) *extra += socks[i].got - wanted;
  }
  return !*missing && !*extra;
}

static void read_frames(void) {
  // --frame is a file with one frame per room: rooms have ids of their own.
  FILE *file = fopen(options.frame, "r");
  if (!file) { perror(options.frame); exit(2); }
  size_t room = 0;
  frame_of = calloc(options.rooms, sizeof *frame_of);
  for (int i = 0; i < options.rooms; i++) {
    if (getline(&frame_of[i], &room, file) <= 0) { fprintf(stderr, "too few frames\n"); exit(2); }
    frame_of[i][strcspn(frame_of[i], "\n")] = 0;
    room = 0;
  }
  fclose(file);
}

int durable(void) {
  read_frames();
  acked_in = calloc(options.rooms, sizeof *acked_in);
  wire_start(options.count);
  wire_open_all(64);
  hooks.text = on_text;
  for_ms(1000);
  go("ready");
  sending = true;
  for (int i = 0; i < options.senders; i++) {
    socks[i].own = calloc(1, sizeof(Sender));
    for (int j = 0; j < options.window; j++) say(&socks[i]);
  }
  for_ms(options.warm_ms);
  go("measure");
  measuring = true;
  uint64_t begun = now_us();
  double before = cpu_seconds();
  for_ms(options.seconds * 1000);
  double spent = cpu_seconds() - before, seconds = (now_us() - begun) / 1e6;
  measuring = false;
  go("measured");
  sending = false;
  uint64_t missing, extra, give_up = now_us() + options.cool_ms * 1000ull;
  int under_way = 1;
  while (now_us() < give_up && (under_way || !whole(&missing, &extra))) {
    wire_poll(20);
    under_way = 0;
    for (int i = 0; i < options.senders; i++) under_way += ((Sender *)socks[i].own)->under_way;
  }
  whole(&missing, &extra);
  printf("{\"acked\":%llu,\"measured\":%llu,\"refused\":%llu,\"unanswered\":%d,\"missing\":%llu,"
         "\"extra\":%llu,\"closed\":%d,\"seconds\":%.3f,\"client_cpu\":%.3f,\"ack_p50_ms\":%.2f,"
         "\"ack_p99_ms\":%.2f,\"seen_p50_ms\":%.2f,\"seen_p99_ms\":%.2f}\n",
         (unsigned long long)acked, (unsigned long long)measured, (unsigned long long)refused,
         under_way, (unsigned long long)missing, (unsigned long long)extra, closed_by_server,
         seconds, spent / seconds, at_ms(&acks, .5), at_ms(&acks, .99), at_ms(&arrivals, .5),
         at_ms(&arrivals, .99));
  return 0;
}
