// The load client's ground floor: many WebSockets on one epoll loop, spoken by hand, because the
// load shares a machine with the server under test and must not be what is measured.
#ifndef WIRE_H
#define WIRE_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define TOPICS 4
#define STAMP_BASE 1000000000000000ull
// A stamp has always sixteen digits, so that templates keep their length, and stays below 2^53,
// so that a peer in JavaScript repeats it exactly.

enum state { CLOSED, CONNECTING, SHAKING, OPEN };

typedef struct {
  int fd;
  uint32_t index;
  enum state state;
  bool ready;              // joined: what the server says from now on counts
  bool greeted;            // the hello was sent
  bool writing;            // epoll also watches for room to write
  bool slow;               // has little room, and is read by wire_sip() only
  char *in, *out;          // what of a frame has come; what could not leave yet
  size_t in_length, in_room, out_length, out_room;
  uint64_t due;            // when to connect again, in µs; 0 = not at all
  uint64_t begun;          // when this connection was begun
  uint32_t tries;
  uint64_t got;            // marks received
  uint64_t head[TOPICS];   // numbers said by the last join; head[0] moves with the events
  bool has_head;
  void *own;               // a workload's
} Sock;

typedef struct {
  const char *host, *path, *publish_path, *cookies, *hellos, *frame, *ack, *refusal, *ready_mark;
  int port, count, warm_ms, cool_ms;
  bool speaks_first;       // the server says something before it is greeted
  bool eio;                // Engine.IO and Socket.IO packets around every text
  bool source_addresses;   // spread over 127.0.0.x: one address has 28,000 ports
  // Numbers whose meaning is the workload's; see each file.
  double interval_us, seconds;
  int messages, window, rooms, senders, viewers, burst, offline_ms, every_ms, parallel, slow;
} Options;

extern Options options;
extern Sock *socks;
extern int sock_count, opened_now, failed_handshakes, closed_by_server;
extern char epoch[64];

// What a workload does with what comes; all of them may be NULL.
typedef struct {
  void (*text)(Sock *, char *text, size_t length);  // text ends with a zero byte
  void (*ready)(Sock *);
  void (*lost)(Sock *);                              // the server or the network ended it
} Hooks;
extern Hooks hooks;

uint64_t now_us(void);
double cpu_seconds(void);
void wire_start(int count);
void wire_connect(Sock *);
void wire_cut(Sock *);                               // abort: RST, no close frame
void wire_send(Sock *, const char *text, size_t length);
void wire_poll(int wait_ms);
void wire_poll_us(uint64_t wait_us);
void wire_open_all(int parallel);                    // connect, shake hands, join; exits when it cannot
void wire_sip(Sock *, size_t most);                  // read so much of a slow socket and forget it
bool wire_alive(Sock *);
void wire_rejoin(Sock *);                            // say the hello again, with the present numbers
size_t fill(char *to, size_t room, const char *pattern, uint64_t stamp, uint64_t serial);
void go(const char *word);                           // print a word and wait for a line
void hold(const char *word);                         // the same, while pings are answered

// Between wire.c and speak.c.
extern char **hellos;
extern int hello_count;
void wire_lost(Sock *);
void wire_put(Sock *, const void *bytes, size_t length);
void wire_flush(Sock *);
size_t wire_shaken(Sock *, char *bytes, size_t length);
size_t wire_frames(Sock *, char *bytes, size_t length);

// Latencies in a histogram of 64 steps per doubling (1.6 %), so that millions cost nothing.
typedef struct { uint64_t bin[64 * 40], total, largest; } Histogram;
void note(Histogram *, uint64_t us, uint64_t times);
double at_ms(const Histogram *, double share);
uint64_t number_after(const char *text, const char *key);
void marks(Sock *, char *text, size_t length, Histogram *);  // count and time all marks in a text

int fanout(void);
int durable(void);
int vote(void);
int storm(void);
int jitter(void);
int shake(void);
#endif
