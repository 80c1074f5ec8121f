/*
 * The load generator: many members of a room in one thread, which check what they are sent.
 *
 * A member counts an entry only if it is, byte for byte, the entry every other member has at that
 * place, and no text is ever taken twice; so nothing lost, doubled or out of order is counted.
 */
#ifndef GENERATOR_H
#define GENERATOR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* ---- options.c ---- */

struct options {
  const char *scenario, *protocol;
  int port;
  int members; /* how many are in the room */
  int pid;     /* the server's, 0 when there is nothing to be asked about it */
  bool tls;
  int body; /* bytes of a text */
  int in_flight[8], in_flight_count;
  double warm, measure; /* seconds */
  double rate;          /* texts a second */
  double drain;         /* seconds everything sent may take to arrive */
  int behind, returning;
};
extern struct options options;
void read_options(int count, char **words);

/* ---- time.c ---- */

typedef uint64_t nanoseconds;
#define SECOND 1000000000ull
#define MILLISECOND 1000000ull
nanoseconds now(void);                 /* of a clock that never goes back */
nanoseconds seconds(double count);
uint64_t since_1970_ms(void);

/* ---- server.c: what the system says of the server's process ---- */

double server_cpu_seconds(void);
double own_cpu_seconds(void);
long server_memory_bytes(void);

/* ---- histogram.c: how long deliveries took, to about 2 % ---- */

struct histogram {
  uint64_t counts[64 * 64], total;
};
void histogram_add(struct histogram *, nanoseconds);
double histogram_ms(const struct histogram *, double percentile);

/* ---- hashes.c ---- */

/* Bytes as text, ended by a zero. */
void base64url(const unsigned char *data, size_t length, char *text);
#define HASH_LENGTH 43
/* SHA-256, ended by a zero (rule Y1). */
void hash(const char *text, size_t length, char into[HASH_LENGTH + 1]);

/* ---- keys.c ---- */

#define ID_LENGTH 44
#define SIGNATURE_LENGTH 86
struct key;
struct key *make_key(void);
const char *key_id(const struct key *);
/* The signature of a text as base64url, ended by a zero. */
void sign(const struct key *, const char *text, char signature[SIGNATURE_LENGTH + 1]);
void *key_handle(const struct key *);

/* ---- tls.c ---- */

struct tls;
struct tls *tls_over(int fd, const struct key *);
/* 1 when it is through, 0 when it waits, -1 when it failed. */
int tls_handshake(struct tls *);
/* As read and write with errno EAGAIN. */
long tls_read(struct tls *, char *, size_t);
long tls_write(struct tls *, const char *, size_t);
void tls_end(struct tls *);

/* ---- members.c ---- */

enum state { OUT, CONNECTING, SECURING, UPGRADING, GREETING, IN };
/* What of a message was heard last; see log.c. */
enum part { BEGINNING, BEFORE_LOG, BEFORE_ITEMS, ITEMS, BEHIND_ITEMS, OTHER };

struct member {
  int number;
  int fd;
  enum state state;
  struct tls *tls;
  struct key *key;
  uint64_t next; /* how many of the room's entries it has */
  bool fetching; /* it comes back and asks for what it missed */
  uint64_t have; /* the last seq it has, while it fetches */
  bool came_back;
  bool goes_on; /* the page it reads says that there is more */
  enum part part;
  char *rest; /* the beginning of what has not come whole */
  size_t rest_length;
  uint64_t streaming; /* bytes still to come of a message too large to be kept */
  bool streaming_final, streaming_fragment; /* whether they end it, and are a part of one in several frames */
  char *fragments; /* of a message that comes in several frames */
  size_t fragments_length;
  char *unsent;
  size_t unsent_length;
};
extern struct member *members;
extern int in_count; /* how many are IN */
extern uint64_t frames, bytes_received;

void prepare_members(int count);
void connect_member(struct member *);
void disconnect_member(struct member *);
void stop_reading(struct member *);
/* Connects the first so many, a few at a time, and waits until nothing more is heard. */
void join_quietly(int count);
void has_joined(struct member *);
void write_bytes(struct member *, const char *, size_t);
/* Handles what comes until that time, or until `stop` says so. */
void pump(nanoseconds until, bool (*stop)(void));

/* ---- websocket.c ---- */

void upgrade(struct member *, const char *path, const char *subprotocol);
void send_text(struct member *, const char *payload, size_t length);
size_t take_websocket(struct member *, char *data, size_t length);
size_t take_lengths(struct member *, char *data, size_t length);

/* ---- protocols.c, lanyard.c: what each hub calls things ---- */

struct protocol {
  const char *name;
  void (*connected)(struct member *); /* the transport is there */
  void (*opened)(struct member *);    /* the WebSocket is there */
  /* Takes what has come; returns how much of it was used. */
  size_t (*take)(struct member *, char *data, size_t length);
  /* One message. */
  void (*payload)(struct member *, const char *payload, size_t length);
  /* What is no entry; in pieces if it is large, `last` with its end. Returns how much was used. */
  size_t (*hear)(struct member *, const char *piece, size_t length, bool last);
  size_t names_apart; /* at least so many bytes lie between two names in a list of people */
  void (*say)(struct member *, const char *text, size_t length, uint64_t number);
};
extern const struct protocol *protocol, lanyard;
void choose_protocol(const char *name);
/* A scenario that wants to know what is no entry. Returns how much was used. */
extern size_t (*heard_other)(struct member *, const char *piece, size_t length, bool last);

/* ---- log.c: what a member hears of a lanyard room's log ---- */

/* Where the log ended when the first member came. */
extern uint64_t base_seq;
/* The room's id and its first conversation's, from the first welcome on. */
extern char room_id[HASH_LENGTH + 1], talk[HASH_LENGTH + 1];
/* What a hello says of where the copy of a member ends that comes back (H5). */
void resume_of(const struct member *, char *into, size_t size);
/* Any message but those before the welcome and refusals; as `hear` of a protocol. */
size_t hear_message(struct member *, const char *piece, size_t length, bool last);

/* ---- entries.c: what was said, and whether everybody got it ---- */

extern uint64_t said_count, deliveries, in_flight;
extern int expected; /* how many must get each entry */
extern struct histogram *latencies; /* of measured texts, where somebody wants to know */
/* Says the next text, which was due at that time. */
void say_next(nanoseconds due, bool measured);
extern int silent; /* the number of a member that says nothing, or -1 */
extern void (*on_complete)(void); /* everybody has got one more */
/* True when nobody has its next entry yet. */
bool is_news(const struct member *);
/* How long its next entry is, as others got it; 0 when that is not known. */
size_t length_of_next(const struct member *);
void receive_entry(struct member *, const char *payload, size_t length);
bool everybody_has_everything(void);
extern nanoseconds received_at; /* when what is being read came */

/* ---- scan.c ---- */

/* Fewer bytes than this at the end of a piece may be half of what is looked for. */
#define SCAN_OVERLAP 512
/*
 * Calls `found` with each number behind `word`, of which the next comes no sooner than `apart` bytes
 * behind the one before; returns how much of the text was used.
 */
size_t scan(const char *word, size_t apart, const char *text, size_t length, bool last,
            void (*found)(struct member *, uint64_t), struct member *);

/* ---- scenarios ---- */

/* Says texts at options.rate for so long. */
void say_on_schedule(double for_seconds, bool measured);

void run_closed_loop(void);
void run_schedule(void);
void run_joins(void);
void run_hold(void);
void run_stopped_reader(void);
void run_returning(void);

/* Says why on stderr and ends the program. */
_Noreturn void fail(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
