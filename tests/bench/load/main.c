// load WORKLOAD --port P --count N …: see wire.h for the options and each workload's file.
#include "wire.h"
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

Options options = {.host = "127.0.0.1", .path = "/ws", .count = 1, .warm_ms = 1000, .cool_ms = 10000,
                   .parallel = 64, .window = 1, .rooms = 1};

typedef struct { const char *name; char kind; void *at; } Option;

static const Option known[] = {
  {"--path", 's', &options.path}, {"--publish-path", 's', &options.publish_path},
  {"--cookies", 's', &options.cookies}, {"--hellos", 's', &options.hellos},
  {"--frame", 's', &options.frame}, {"--ack", 's', &options.ack},
  {"--refusal", 's', &options.refusal}, {"--ready", 's', &options.ready_mark}, {"--port", 'i', &options.port},
  {"--count", 'i', &options.count}, {"--warm-ms", 'i', &options.warm_ms},
  {"--cool-ms", 'i', &options.cool_ms}, {"--messages", 'i', &options.messages},
  {"--interval-us", 'd', &options.interval_us}, {"--seconds", 'd', &options.seconds},
  {"--window", 'i', &options.window}, {"--rooms", 'i', &options.rooms},
  {"--senders", 'i', &options.senders}, {"--viewers", 'i', &options.viewers},
  {"--burst", 'i', &options.burst}, {"--offline-ms", 'i', &options.offline_ms},
  {"--every-ms", 'i', &options.every_ms}, {"--parallel", 'i', &options.parallel},
  {"--slow", 'i', &options.slow},
  {"--speaks-first", 'b', &options.speaks_first}, {"--eio", 'b', &options.eio}, {"--source-addresses", 'b', &options.source_addresses},
};

static bool set(const char *name, const char *value, int *used) {
  for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
    if (strcmp(known[i].name, name)) continue;
    if (known[i].kind == 'b') { *(bool *)known[i].at = true; return true; }
    if (!value) return false;
    *used = 1;
    if (known[i].kind == 's') *(const char **)known[i].at = value;
    if (known[i].kind == 'i') *(int *)known[i].at = atoi(value);
    if (known[i].kind == 'd') *(double *)known[i].at = atof(value);
    return true;
  }
  return false;
}

int main(int count, char **words) {
  signal(SIGPIPE, SIG_IGN);
  for (int i = 2; i < count; i++) {
    int used = 0;
    if (!set(words[i], i + 1 < count ? words[i + 1] : NULL, &used)) {
      fprintf(stderr, "not an option: %s\n", words[i]);
      return 2;
    }
    i += used;
  }
  const char *what = count > 1 ? words[1] : "";
  if (!strcmp(what, "fanout")) return fanout();
  if (!strcmp(what, "durable")) return durable();
  if (!strcmp(what, "vote")) return vote();
  if (!strcmp(what, "storm")) return storm();
  if (!strcmp(what, "jitter")) return jitter();
  if (!strcmp(what, "shake")) return shake();
  fprintf(stderr, "not a workload: %s\n", what);
  return 2;
}
