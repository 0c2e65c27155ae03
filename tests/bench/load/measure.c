#define _GNU_SOURCE
#include "wire.h"
#include <stdlib.h>
#include <string.h>

static unsigned bin_of(uint64_t us) {
  if (us < 64) return us;
  int high = 63 - __builtin_clzll(us);
  return (high - 5) * 64 + ((us >> (high - 6)) & 63);
}

void note(Histogram *h, uint64_t us, uint64_t times) {
  unsigned bin = bin_of(us);
  if (bin >= sizeof h->bin / sizeof *h->bin) bin = sizeof h->bin / sizeof *h->bin - 1;
  h->bin[bin] += times;
  h->total += times;
  if (us > h->largest) h->largest = us;
}

double at_ms(const Histogram *h, double share) {
  uint64_t wanted = (uint64_t)(h->total * share), seen = 0;
  for (unsigned bin = 0; bin < sizeof h->bin / sizeof *h->bin; bin++)
    if ((seen += h->bin[bin]) > wanted) {
      if (bin < 64) return bin / 1e3;
      return (double)((uint64_t)(64 + bin % 64 + 1) << (bin / 64 - 1)) / 1e3;
    }
  return h->largest / 1e3;
}

uint64_t number_after(const char *text, const char *key) {
  const char *found = strstr(text, key);
  return found ? strtoull(found + strlen(key), NULL, 10) : 0;
}

static uint64_t digits(const char *text) {
  uint64_t number = 0;
  for (int i = 0; i < 16; i++) number = number * 10 + (text[i] - '0');
  return number;
}

void marks(Sock *s, char *text, size_t length, Histogram *latency) {
  // Events of one run are equally long: the next mark is looked for where it should be first.
  static size_t apart = 64;
  uint64_t now = 0;
  char *end = text + length, *found = memmem(text, length, "mark:", 5);
  while (found && end - found >= 21) {
    uint64_t stamp = digits(found + 5) - STAMP_BASE;
    if (!now) now = now_us();
    s->got++;
    if (latency) note(latency, now > stamp ? now - stamp : 0, 1);
    char *next = found + apart;
    if ((size_t)(end - found) < apart + 5 || memcmp(next, "mark:", 5)) {
      next = memmem(found + 5, end - found - 5, "mark:", 5);
      if (next) apart = next - found;
    }
    found = next;
  }
}
