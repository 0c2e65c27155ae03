// One publisher on a fixed schedule (open loop), everybody else receives.
// messages, interval_us: the schedule. Latency counts from when a message was due. seconds: how long
// after the last one to wait for a server that has fallen behind (0: as long as something comes).
// slow: so many more sockets read a thousand bytes a second; nothing is expected of them.
#include "wire.h"
#include <stdio.h>
#include <stdlib.h>

static Histogram latency;
static uint64_t delivered, last;

static void on_text(Sock *s, char *text, size_t length) {
  if (s->index >= (uint32_t)options.count) return;
  uint64_t before = s->got;
  marks(s, text, length, &latency);
  if (s->got != before) delivered += s->got - before, last = now_us();
}

static uint64_t publish(Sock *publisher, uint64_t begun) {
  static int sent;
  static char text[65536];
  uint64_t now = now_us();
  while (sent < options.messages) {
    uint64_t due = begun + (uint64_t)(sent * options.interval_us);
    if (due > now) return due - now;
    size_t length = fill(text, sizeof text, options.frame, STAMP_BASE + due, sent + 1);
    wire_send(publisher, text, length);
    sent++;
  }
  return 50000;
}

static void sip(void) {
  static uint64_t last;
  uint64_t now = now_us();
  if (now - last < 100000) return;
  last = now;
  for (int i = options.count + 1; i < sock_count; i++) wire_sip(&socks[i], 100);
}

int fanout(void) {
  hooks.text = on_text;
  wire_start(options.count + 1 + options.slow);
  for (int i = options.count + 1; i < sock_count; i++) socks[i].slow = true;
  wire_open_all(64);
  uint64_t settle = now_us() + options.warm_ms * 1000ull;
  while (now_us() < settle) wire_poll(20);
  hold("ready");
  uint64_t expected = (uint64_t)options.messages * options.count, begun = now_us();
  double before = cpu_seconds();
  uint64_t planned = begun + (uint64_t)(options.messages * options.interval_us);
  last = begun;
  while (delivered < expected) {
    uint64_t wait = publish(&socks[options.count], begun);
    wire_poll_us(wait > 20000 ? 20000 : wait);
    if (options.slow) sip();
    uint64_t now = now_us();
    if (now > planned && now - last > options.cool_ms * 1000ull) break;
    if (options.seconds && now > planned + options.seconds * 1e6) break;
  }
  double spent = cpu_seconds() - before, whole = (now_us() - begun) / 1e6;
  go("measured");
  int cut_off = 0;
  for (int i = options.count + 1; i < sock_count; i++) cut_off += !wire_alive(&socks[i]);
  uint64_t least = UINT64_MAX, most = 0;
  for (int i = 0; i < options.count; i++) {
    if (socks[i].got < least) least = socks[i].got;
    if (socks[i].got > most) most = socks[i].got;
  }
  printf("{\"expected\":%llu,\"delivered\":%llu,\"least\":%llu,\"most\":%llu,\"closed\":%d,"
         "\"slow_cut_off\":%d,\"seconds\":%.3f,\"client_cpu\":%.3f,\"p50_ms\":%.2f,\"p99_ms\":%.2f,\"max_ms\":%.2f}\n",
         (unsigned long long)expected, (unsigned long long)delivered, (unsigned long long)least,
         (unsigned long long)most, closed_by_server, cut_off, (last - begun) / 1e6, spent / whole,
         at_ms(&latency, .5), at_ms(&latency, .99), latency.largest / 1e3);
  return 0;
}
