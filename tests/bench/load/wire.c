#define _GNU_SOURCE
#include "wire.h"
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

Sock *socks;
int sock_count, opened_now, failed_handshakes, closed_by_server;
char epoch[64];
Hooks hooks;
static int poller;
static char **cookies;
char **hellos;
int hello_count;
static int cookie_count;

uint64_t now_us(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (uint64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

double cpu_seconds(void) {
  struct rusage used;
  getrusage(RUSAGE_SELF, &used);
  return used.ru_utime.tv_sec + used.ru_stime.tv_sec +
         (used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e6;
}

static char **lines(const char *path, int *count) {
  char **found = NULL, *line = NULL;
  size_t room = 0;
  *count = 0;
  if (!path) return NULL;
  FILE *file = fopen(path, "r");
  if (!file) { perror(path); exit(2); }
  ssize_t length;
  while ((length = getline(&line, &room, file)) > 0) {
    if (line[length - 1] == '\n') line[length - 1] = 0;
    found = realloc(found, (*count + 1) * sizeof *found);
    found[(*count)++] = strdup(line);
  }
  fclose(file);
  return found;
}

void wire_start(int count) {
  struct rlimit files = {100000, 100000};
  if (setrlimit(RLIMIT_NOFILE, &files)) {
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
  }
  poller = epoll_create1(0);
  sock_count = count;
  socks = calloc(count, sizeof *socks);
  for (int i = 0; i < count; i++) socks[i].index = i, socks[i].fd = -1;
  cookies = lines(options.cookies, &cookie_count);
  hellos = lines(options.hellos, &hello_count);
}

static void watch(Sock *s, bool writing, int how) {
  struct epoll_event event = {.events = EPOLLIN | (writing ? EPOLLOUT : 0), .data.ptr = s};
  s->writing = writing;
  epoll_ctl(poller, how, s->fd, &event);
}

static void forget(Sock *s) {
  if (s->state == OPEN) opened_now--;
  if (s->fd >= 0) close(s->fd);
  s->fd = -1;
  s->state = CLOSED;
  s->ready = s->greeted = false;
  s->in_length = s->out_length = 0;
}

void wire_lost(Sock *s) {
  forget(s);
  closed_by_server++;
  if (hooks.lost) hooks.lost(s);
}

void wire_cut(Sock *s) {
  struct linger none = {1, 0};
  if (s->fd >= 0) setsockopt(s->fd, SOL_SOCKET, SO_LINGER, &none, sizeof none);
  forget(s);
}

void wire_connect(Sock *s) {
  struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(options.port)};
  inet_pton(AF_INET, options.host, &to.sin_addr);
  s->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
  int on = 1;
  setsockopt(s->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  if (options.source_addresses) {
    struct sockaddr_in from = {.sin_family = AF_INET};
    from.sin_addr.s_addr = htonl(0x7f000002 + s->index / 10000);
    setsockopt(s->fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &on, sizeof on);
    bind(s->fd, (void *)&from, sizeof from);
  }
  if (s->slow) {
    // Little room here, and packets as small as a network's: else the kernels hold megabytes.
    int room = 4096, packet = 1400;
    setsockopt(s->fd, SOL_SOCKET, SO_RCVBUF, &room, sizeof room);
    setsockopt(s->fd, IPPROTO_TCP, TCP_MAXSEG, &packet, sizeof packet);
  }
  s->begun = now_us();
  s->due = 0;
  s->tries++;
  s->state = CONNECTING;
  if (connect(s->fd, (void *)&to, sizeof to) && errno != EINPROGRESS) { wire_lost(s); return; }
  watch(s, true, EPOLL_CTL_ADD);
}

void wire_flush(Sock *s) {
  size_t gone = 0;
  while (gone < s->out_length) {
    ssize_t wrote = write(s->fd, s->out + gone, s->out_length - gone);
    if (wrote < 0) break;
    gone += wrote;
  }
  memmove(s->out, s->out + gone, s->out_length - gone);
  s->out_length -= gone;
  if (s->writing != (s->out_length > 0)) watch(s, s->out_length > 0, EPOLL_CTL_MOD);
}

void wire_put(Sock *s, const void *bytes, size_t length) {
  if (s->out_length + length > s->out_room) {
    s->out_room = (s->out_length + length) * 2;
    s->out = realloc(s->out, s->out_room);
  }
  memcpy(s->out + s->out_length, bytes, length);
  s->out_length += length;
}

static char shared[1 << 20];

static void receive(Sock *s) {
  // Into one buffer that stays in the cache; only the rest of a cut frame is kept per socket.
  memcpy(shared, s->in, s->in_length);
  ssize_t got = read(s->fd, shared + s->in_length, sizeof shared - 1 - s->in_length);
  if (got == 0 || (got < 0 && errno != EAGAIN)) { wire_lost(s); return; }
  if (got < 0) return;
  size_t length = s->in_length + got, done = 0;
  s->in_length = 0;
  if (s->state == SHAKING && !(done = wire_shaken(s, shared, length)) && s->state == CLOSED) return;
  if (s->state == OPEN) done += wire_frames(s, shared + done, length - done);
  if (s->state == CLOSED || s->state == CONNECTING) return;
  size_t rest = length - done;
  if (rest > s->in_room) s->in = realloc(s->in, s->in_room = rest * 2);
  memcpy(s->in, shared + done, rest);
  s->in_length = rest;
}

static void ask(Sock *s) {
  int error = 0;
  socklen_t size = sizeof error;
  getsockopt(s->fd, SOL_SOCKET, SO_ERROR, &error, &size);
  if (error) { wire_lost(s); return; }
  bool publishing = options.publish_path && s->index == (uint32_t)options.count;
  char text[4096], cookie[1024] = "";
  if (cookie_count) snprintf(cookie, sizeof cookie, "Cookie: %s\r\n", cookies[s->index % cookie_count]);
  int length = snprintf(text, sizeof text,
    "GET %s HTTP/1.1\r\nHost: %s:%d\r\nOrigin: http://%s:%d\r\nUpgrade: websocket\r\n"
    "Connection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
    "Sec-WebSocket-Version: 13\r\n%s\r\n",
    publishing ? options.publish_path : options.path, options.host, options.port, options.host,
    options.port, cookie);
  s->state = SHAKING;
  wire_put(s, text, length);
  wire_flush(s);
}

void wire_poll(int wait_ms) {
  wire_poll_us(wait_ms * 1000ull);
}

void wire_poll_us(uint64_t wait_us) {
  // To the microsecond: who is due in half a millisecond must not spin until then.
  static struct epoll_event events[1024];
  struct pollfd one = {.fd = poller, .events = POLLIN};
  struct timespec wait = {wait_us / 1000000, wait_us % 1000000 * 1000};
  if (ppoll(&one, 1, &wait, NULL) <= 0) return;
  int count = epoll_wait(poller, events, 1024, 0);
  for (int i = 0; i < count; i++) {
    Sock *s = events[i].data.ptr;
    if (s->state == CLOSED) continue;
    if (s->state == CONNECTING) { ask(s); continue; }
    if (events[i].events & EPOLLOUT) wire_flush(s);
    if (events[i].events & (EPOLLIN | EPOLLHUP | EPOLLERR)) receive(s);
  }
}

void wire_open_all(int parallel) {
  int begun = 0, ready = 0;
  uint64_t moved = now_us();
  while (ready < sock_count) {
    for (; begun < sock_count && begun < ready + parallel; begun++) wire_connect(&socks[begun]);
    wire_poll(20);
    int before = ready;
    while (ready < sock_count && socks[ready].ready) ready++;
    if (ready != before) moved = now_us();
    if (failed_handshakes || closed_by_server || now_us() - moved > 20000000) {
      fprintf(stderr, "only %d of %d sockets were opened (%d refused, %d closed)\n", ready,
              sock_count, failed_handshakes, closed_by_server);
      exit(3);
    }
  }
}

void wire_sip(Sock *s, size_t most) {
  static char forgotten[4096];
  epoll_ctl(poller, EPOLL_CTL_DEL, s->fd, NULL);
  if (read(s->fd, forgotten, most < sizeof forgotten ? most : sizeof forgotten) < 0) return;
}

bool wire_alive(Sock *s) {
  struct tcp_info info;
  socklen_t size = sizeof info;
  return !getsockopt(s->fd, IPPROTO_TCP, TCP_INFO, &info, &size) && info.tcpi_state == TCP_ESTABLISHED;
}

static void answered(void) {
  char line[16];
  if (!fgets(line, sizeof line, stdin)) exit(0);
}

void go(const char *word) {
  printf("%s\n", word);
  fflush(stdout);
  answered();
}

void hold(const char *word) {
  printf("%s\n", word);
  fflush(stdout);
  struct pollfd answer = {.fd = 0, .events = POLLIN};
  while (poll(&answer, 1, 0) == 0) wire_poll(20);
  answered();
}
