#define _GNU_SOURCE
#include "wire.h"
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
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
static char **cookies, **hellos;
static int cookie_count, hello_count;

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

static void lost(Sock *s) {
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
  s->begun = now_us();
  s->due = 0;
  s->tries++;
  s->state = CONNECTING;
  if (connect(s->fd, (void *)&to, sizeof to) && errno != EINPROGRESS) { lost(s); return; }
  watch(s, true, EPOLL_CTL_ADD);
}

static void flush(Sock *s) {
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

static void put(Sock *s, const void *bytes, size_t length) {
  if (s->out_length + length > s->out_room) {
    s->out_room = (s->out_length + length) * 2;
    s->out = realloc(s->out, s->out_room);
  }
  memcpy(s->out + s->out_length, bytes, length);
  s->out_length += length;
}

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
  put(s, head, size + 4);
  put(s, text, length);
  flush(s);
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
  char text[4096];
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
  } else if (opcode == 8) lost(s);
}

static size_t shaken(Sock *s, char *bytes, size_t length) {
  char *end = memmem(bytes, length, "\r\n\r\n", 4);
  if (!end) return 0;
  if (length < 12 || memcmp(bytes + 9, "101", 3)) {
    if (!failed_handshakes++) fprintf(stderr, "handshake: %.60s\n", bytes);
    lost(s);
    return 0;
  }
  s->state = OPEN;
  opened_now++;
  // Ours and Socket.IO speak first; who waits for nothing greets at once.
  if (!options.eio && !options.ready_mark) greet(s);
  return end + 4 - bytes;
}

static size_t frames(Sock *s, char *bytes, size_t length) {
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

static char shared[1 << 20];

static void receive(Sock *s) {
  // Into one buffer that stays in the cache; only the rest of a cut frame is kept per socket.
  memcpy(shared, s->in, s->in_length);
  ssize_t got = read(s->fd, shared + s->in_length, sizeof shared - 1 - s->in_length);
  if (got == 0 || (got < 0 && errno != EAGAIN)) { lost(s); return; }
  if (got < 0) return;
  size_t length = s->in_length + got, done = 0;
  s->in_length = 0;
  if (s->state == SHAKING && !(done = shaken(s, shared, length)) && s->state == CLOSED) return;
  if (s->state == OPEN) done += frames(s, shared + done, length - done);
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
  if (error) { lost(s); return; }
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
  put(s, text, length);
  flush(s);
}

void wire_poll(int wait_ms) {
  static struct epoll_event events[1024];
  int count = epoll_wait(poller, events, 1024, wait_ms);
  for (int i = 0; i < count; i++) {
    Sock *s = events[i].data.ptr;
    if (s->state == CLOSED) continue;
    if (s->state == CONNECTING) { ask(s); continue; }
    if (events[i].events & EPOLLOUT) flush(s);
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

void go(const char *word) {
  char line[16];
  printf("%s\n", word);
  fflush(stdout);
  if (!fgets(line, sizeof line, stdin)) exit(0);
}
