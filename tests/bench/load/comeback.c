// Sockets that go and come back: shake (open all, as fast as may be), storm (all cut at once),
// jitter (each cut every so often, for a while). Who comes back waits as the protocol says: a random
// time up to half a second, doubled with every failure.
#define _GNU_SOURCE
#include "wire.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static Histogram back, replay, latency;
static uint64_t begun;
static int returned;

static void plan(Sock *s) {
  uint64_t most = 500000ull << (s->tries > 6 ? 6 : s->tries);
  s->due = now_us() + 1 + (uint64_t)(drand48() * (most > 30000000 ? 30000000 : most));
}

static void connect_due(void) {
  uint64_t now = now_us();
  for (int i = 0; i < options.count; i++)
    if (socks[i].due && socks[i].due <= now && socks[i].state == CLOSED) wire_connect(&socks[i]);
}

// shake ---------------------------------------------------------------------------------------

static void shaken(Sock *s) {
  note(&back, now_us() - s->begun, 1);
}

int shake(void) {
  wire_start(options.count);
  hooks.ready = shaken;
  go("ready");
  begun = now_us();
  double before = cpu_seconds();
  wire_open_all(options.parallel);
  double seconds = (now_us() - begun) / 1e6, spent = cpu_seconds() - before;
  printf("{\"opened\":%d,\"expected\":%d,\"closed\":%d,\"seconds\":%.3f,\"client_cpu\":%.3f,"
         "\"p50_ms\":%.2f,\"p99_ms\":%.2f}\n", opened_now, options.count, closed_by_server, seconds,
         spent / seconds, at_ms(&back, .5), at_ms(&back, .99));
  fflush(stdout);
  double held = now_us() / 1e6;
  before = cpu_seconds();
  hold("holding");
  spent = cpu_seconds() - before, held = now_us() / 1e6 - held;
  printf("{\"closed\":%d,\"held_client_cpu\":%.3f}\n", closed_by_server, spent / held);
  return 0;
}

// storm ---------------------------------------------------------------------------------------

static void back_again(Sock *s) {
  note(&back, now_us() - begun, 1);
  s->tries = 0;
  returned++;
}

int storm(void) {
  wire_start(options.count);
  wire_open_all(options.parallel);
  uint64_t settle = now_us() + options.warm_ms * 1000ull;
  while (now_us() < settle) wire_poll(20);
  go("ready");
  hooks.ready = back_again;
  hooks.lost = plan;
  closed_by_server = 0;
  begun = now_us();
  double before = cpu_seconds();
  for (int i = 0; i < options.count; i++) {
    wire_cut(&socks[i]);
    socks[i].tries = 0;
    plan(&socks[i]);
  }
  while (returned < options.count && now_us() - begun < options.seconds * 1e6) {
    connect_due();
    wire_poll(2);
  }
  double seconds = (now_us() - begun) / 1e6, spent = cpu_seconds() - before;
  int share99 = (options.count * 99 + 99) / 100;
  printf("{\"expected\":%d,\"back\":%d,\"refused\":%d,\"failed\":%d,\"seconds\":%.3f,"
         "\"client_cpu\":%.3f,\"p50_s\":%.3f,\"p99_s\":%.3f,\"last_s\":%.3f}\n",
         options.count, returned, failed_handshakes, closed_by_server, seconds, spent / seconds,
         returned > options.count / 2 ? at_ms(&back, .5) / 1e3 : -1,
         returned >= share99 ? at_ms(&back, .99) / 1e3 : -1, back.largest / 1e6);
  fflush(stdout);
  go("holding");
  return 0;
}

// jitter --------------------------------------------------------------------------------------

static uint64_t *applied, repeated, holes, cuts, resets;
static bool counting;

static void numbered(Sock *s, char *text, size_t length) {
  // Numbered events are applied once and in order, as the protocol says; what repeats is dropped.
  char *at = text, *end = text + length;
  if (strstr(text, "\"resets\":[\"")) resets++;
  while ((at = memmem(at, end - at, "\"number\":", 9))) {
    uint64_t number = strtoull(at += 9, NULL, 10);
    if (!s->has_head) continue;
    if (number <= s->head[0]) { repeated++; continue; }
    if (number > s->head[0] + 1) { holes++; wire_rejoin(s); return; }
    s->head[0] = number;
    applied[s->index]++;
    char *mark = memmem(at, end - at, "mark:", 5);
    if (mark && s->ready)
      note(&latency, now_us() - (strtoull(mark + 5, NULL, 10) - STAMP_BASE), 1);
  }
}

static void on_text(Sock *s, char *text, size_t length) {
  if (s->index == (uint32_t)options.count || !counting) return;
  if (!options.ack) { numbered(s, text, length); return; }
  // A peer without numbers: what arrives is counted.
  uint64_t before = s->got;
  marks(s, text, length, &latency);
  applied[s->index] += s->got - before;
}

static void came_back(Sock *s) {
  if (s->index == (uint32_t)options.count) return;
  s->tries = 0;
  if (counting) note(&replay, now_us() - s->begun, 1);
}

static void cut(Sock *s) {
  wire_cut(s);
  s->due = now_us() + options.offline_ms * 1000ull;
  cuts++;
}

static int sent, next_cut;

static void speak(bool pausing) {
  static char text[8192];
  uint64_t now = now_us() - begun;
  Sock *speaker = &socks[options.count];
  if (sent < options.messages && now >= (uint64_t)(sent * options.interval_us) && speaker->ready) {
    wire_send(speaker, text, fill(text, sizeof text, options.frame, STAMP_BASE + now_us(), ++sent));
  }
  // One after the other, so that each is cut once in every_ms.
  while (!pausing && now >= (uint64_t)((next_cut + 1) * (options.every_ms * 1000.0 / options.count))) {
    Sock *s = &socks[next_cut++ % options.count];
    if (s->state == OPEN) cut(s);
  }
}

int jitter(void) {
  wire_start(options.count + 1);
  applied = calloc(options.count, sizeof *applied);
  wire_open_all(options.parallel);
  hooks.text = on_text;
  hooks.ready = came_back;
  hooks.lost = plan;
  uint64_t settle = now_us() + options.warm_ms * 1000ull;
  while (now_us() < settle) wire_poll(20);
  go("ready");
  counting = true;
  begun = now_us();
  double before = cpu_seconds();
  uint64_t whole = (uint64_t)(options.messages * options.interval_us), wanted, have = 0;
  wanted = (uint64_t)options.messages * options.count;
  while (have < wanted && now_us() - begun < whole + options.cool_ms * 1000ull) {
    speak(now_us() - begun > whole);
    connect_due();
    wire_poll(2);
    have = 0;
    if (now_us() - begun > whole)
      for (int i = 0; i < options.count; i++) have += applied[i];
  }
  double seconds = (now_us() - begun) / 1e6, spent = cpu_seconds() - before;
  go("measured");
  uint64_t missing = 0, extra = 0;
  for (int i = 0; i < options.count; i++) {
    if (applied[i] < (uint64_t)sent) missing += sent - applied[i];
    if (applied[i] > (uint64_t)sent) extra += applied[i] - sent;
  }
  printf("{\"expected\":%llu,\"missing\":%llu,\"extra\":%llu,\"repeated\":%llu,\"holes\":%llu,"
         "\"resets\":%llu,\"cuts\":%llu,\"seconds\":%.3f,\"client_cpu\":%.3f,\"replay_p50_ms\":%.2f,"
         "\"replay_p99_ms\":%.2f,\"live_p99_ms\":%.2f}\n", (unsigned long long)wanted,
         (unsigned long long)missing, (unsigned long long)extra, (unsigned long long)repeated,
         (unsigned long long)holes, (unsigned long long)resets, (unsigned long long)cuts, seconds,
         spent / seconds, at_ms(&replay, .5), at_ms(&replay, .99), at_ms(&latency, .99));
  return 0;
}
