// Everybody votes once within `seconds`, evenly spread; every 50th sends `burst` frames at once. The
// first `viewers` watch the tally. --frame is a file of frames, one per option, each with @R.
// Staleness: from the k-th acknowledgement until a viewer's tally says k or more.
#define _GNU_SOURCE
#include "wire.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct { bool acked; int under_way; uint64_t again, shown; } Voter;

static Voter *voters;
static Histogram stale, acks;
static uint64_t *acked_at, *asked_at, voted, frames_seen, least_shown, told_again, bad;
static char *choice[8];
static int choices;

static void say(Sock *s, int which) {
  char text[512];
  voters[s->index].under_way++;
  wire_send(s, text, fill(text, sizeof text, choice[which % choices], 0, which + 1));
}

static void tally(Voter *viewer, const char *text) {
  uint64_t shown = number_after(text, "\"voted\":"), now = now_us();
  frames_seen++;
  if (shown < viewer->shown) bad++;  // a tally never goes back here: nobody withdraws
  if (shown <= viewer->shown) return;
  for (uint64_t k = viewer->shown; k < shown && k < (uint64_t)options.count; k++)
    note(&stale, acked_at[k] && now > acked_at[k] ? now - acked_at[k] : 0, 1);
  viewer->shown = shown;
}

static void on_text(Sock *s, char *text, size_t length) {
  Voter *voter = &voters[s->index];
  if (memmem(text, length, "\"poll.changed\"", 14)) { tally(voter, text); return; }
  bool no = !strncmp(text, "{\"op\":\"error\"", 13);
  if (strncmp(text, "{\"op\":\"reply\"", 13) && !no) return;
  voter->under_way--;
  if (!no && !voter->acked) {
    voter->acked = true;
    acked_at[voted++] = now_us();
    note(&acks, now_us() - asked_at[s->index], 1);
  }
  // Told to come back: a person's own vote is said again, until it is in.
  if (no && !strstr(text, "\"retry\":true")) bad++;
  if (no && !voter->acked && !voter->under_way) voter->again = now_us() + 300000, told_again++;
}

static void ask_again(void) {
  uint64_t now = now_us();
  for (int i = 0; i < options.count; i++)
    if (voters[i].again && voters[i].again < now) voters[i].again = 0, say(&socks[i], i);
}

static int all_shown(void) {
  int behind = 0;
  least_shown = UINT64_MAX;
  for (int i = 0; i < options.viewers; i++) {
    if (voters[i].shown < least_shown) least_shown = voters[i].shown;
    behind += voters[i].shown < (uint64_t)options.count;
  }
  return !behind;
}

static void read_choices(void) {
  FILE *file = fopen(options.frame, "r");
  size_t room = 0;
  while (file && choices < 8 && getline(&choice[choices], &room, file) > 0) {
    choice[choices][strcspn(choice[choices], "\n")] = 0;
    choices++;
    room = 0;
  }
  if (!choices) { fprintf(stderr, "no frames to vote with\n"); exit(2); }
  fclose(file);
}

int vote(void) {
  read_choices();
  voters = calloc(options.count, sizeof *voters);
  acked_at = calloc(options.count, sizeof *acked_at);
  asked_at = calloc(options.count, sizeof *asked_at);
  wire_start(options.count);
  wire_open_all(64);
  hooks.text = on_text;
  uint64_t settle = now_us() + options.warm_ms * 1000ull;
  while (now_us() < settle) wire_poll(20);
  go("ready");
  uint64_t begun = now_us(), looked = begun, whole = options.seconds * 1e6;
  double before = cpu_seconds();
  int asked = 0;
  while (now_us() - begun < whole + options.cool_ms * 1000ull) {
    while (asked < options.count && now_us() - begun >= whole * asked / options.count) {
      // A stride that shares no factor with the count visits everybody once, viewers mixed in.
      int who = (int)((uint64_t)asked * 7919 % options.count), times = asked % 50 ? 1 : options.burst;
      asked_at[who] = now_us();
      for (int i = 0; i < times; i++) say(&socks[who], who + i);
      asked++;
    }
    wire_poll(1);
    if (now_us() - looked < 50000) continue;
    looked = now_us();
    ask_again();
    if (voted == (uint64_t)options.count && all_shown()) break;
  }
  double spent = cpu_seconds() - before, seconds = (now_us() - begun) / 1e6;
  go("measured");
  all_shown();
  printf("{\"voted\":%llu,\"shown\":%llu,\"bad\":%llu,\"told_again\":%llu,\"closed\":%d,"
         "\"tallies\":%llu,\"seconds\":%.3f,\"client_cpu\":%.3f,\"ack_p50_ms\":%.2f,"
         "\"ack_p99_ms\":%.2f,\"stale_p50_ms\":%.2f,\"stale_p99_ms\":%.2f,\"stale_max_ms\":%.2f}\n",
         (unsigned long long)voted, (unsigned long long)least_shown, (unsigned long long)bad,
         (unsigned long long)told_again, closed_by_server, (unsigned long long)frames_seen, seconds,
         spent / seconds, at_ms(&acks, .5), at_ms(&acks, .99), at_ms(&stale, .5),
         at_ms(&stale, .99), stale.largest / 1e3);
  return 0;
}
