/* The members' connections: one thread, one epoll. */
#define _GNU_SOURCE
#include "generator.h"
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#define READ_MAX (256 * 1024)
#define REST_MAX (128 * 1024)
/* When nothing is measured yet, no more than this many are on their way in. */
#define AT_ONCE 128
/* Nothing heard for so long: the room has come to rest. */
#define REST_SECONDS 0.15
#define JOIN_LIMIT_SECONDS 60
#define EVENTS 512

struct member *members;
int in_count;
uint64_t frames, bytes_received;

static int poll_fd;
static char inbox[REST_MAX + READ_MAX];
static int on_their_way;
static nanoseconds heard_at;

void prepare_members(int count) {
  struct rlimit files;
  getrlimit(RLIMIT_NOFILE, &files);
  files.rlim_cur = files.rlim_max;
  setrlimit(RLIMIT_NOFILE, &files);
  if ((rlim_t)count + 16 > files.rlim_max) fail("%d connections need more open files than the %lu allowed here.", count, files.rlim_max);
  poll_fd = epoll_create1(0);
  members = calloc((size_t)count, sizeof *members);
  for (int i = 0; i < count; i++) {
    members[i].number = i;
    members[i].fd = -1;
    if (protocol == &lanyard) members[i].key = make_key();
  }
}

static void watch(struct member *member, int operation, uint32_t events) {
  struct epoll_event event = {.events = events, .data.ptr = member};
  if (epoll_ctl(poll_fd, operation, member->fd, &event) != 0) fail("epoll: %s.", strerror(errno));
}

void connect_member(struct member *member) {
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)options.port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  int on = 1;
  member->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (member->fd < 0) fail("A socket: %s.", strerror(errno));
  setsockopt(member->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  if (connect(member->fd, (struct sockaddr *)&address, sizeof address) != 0 && errno != EINPROGRESS)
    fail("Member %d cannot connect: %s.", member->number, strerror(errno));
  member->state = CONNECTING;
  on_their_way++;
  watch(member, EPOLL_CTL_ADD, EPOLLIN | EPOLLOUT);
}

void disconnect_member(struct member *member) {
  /* Ports are wanted again at once. */
  struct linger at_once = {.l_onoff = 1, .l_linger = 0};
  setsockopt(member->fd, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
  if (member->tls) tls_end(member->tls);
  close(member->fd);
  if (member->state == IN) in_count--;
  free(member->rest);
  free(member->fragments);
  free(member->unsent);
  *member = (struct member){.number = member->number, .fd = -1, .key = member->key, .next = member->next, .came_back = member->came_back};
}

void stop_reading(struct member *member) {
  epoll_ctl(poll_fd, EPOLL_CTL_DEL, member->fd, NULL);
}

void has_joined(struct member *member) {
  member->state = IN;
  on_their_way--;
  in_count++;
}

void write_bytes(struct member *member, const char *data, size_t length) {
  if (!member->unsent_length) {
    long sent = member->tls ? tls_write(member->tls, data, length) : write(member->fd, data, length);
    if (sent < 0 && errno != EAGAIN) fail("Member %d cannot send: %s.", member->number, strerror(errno));
    if (sent > 0) data += sent, length -= (size_t)sent;
    if (length == 0) return;
    watch(member, EPOLL_CTL_MOD, EPOLLIN | EPOLLOUT);
  }
  member->unsent = realloc(member->unsent, member->unsent_length + length);
  memcpy(member->unsent + member->unsent_length, data, length);
  member->unsent_length += length;
}

static void write_unsent(struct member *member) {
  char *data = member->unsent;
  size_t length = member->unsent_length;
  member->unsent = NULL;
  member->unsent_length = 0;
  watch(member, EPOLL_CTL_MOD, EPOLLIN);
  if (length) write_bytes(member, data, length);
  free(data);
}

static void take(struct member *member, size_t length) {
  size_t used = protocol->take(member, inbox, length), rest = length - used;
  if (member->state == OUT) return;
  if (rest > REST_MAX) fail("Member %d has %zu bytes that cannot be read.", member->number, rest);
  if (rest > 0) {
    char *kept = realloc(member->rest, rest);
    if (!kept) fail("There is no memory for what came in part.");
    memcpy(kept, inbox + used, rest);
    member->rest = kept;
  } else if (member->rest) {
    free(member->rest);
    member->rest = NULL;
  }
  member->rest_length = rest;
}

static void read_some(struct member *member) {
  for (;;) {
    size_t kept = member->rest_length;
    long got = member->tls ? tls_read(member->tls, inbox + kept, READ_MAX) : read(member->fd, inbox + kept, READ_MAX);
    if (got < 0 && errno == EAGAIN) return;
    if (got <= 0) fail("The hub ended the connection of member %d%s.", member->number, member->state == IN ? "" : ", which was not yet in");
    if (kept) memcpy(inbox, member->rest, kept);
    received_at = heard_at = now();
    bytes_received += (uint64_t)got;
    take(member, kept + (size_t)got);
    /* TLS may hold what no event will tell of. */
    if (!member->tls || member->state == OUT) return;
  }
}

static void go_on(struct member *member, uint32_t events) {
  switch (member->state) {
    case OUT:
      return;
    case CONNECTING: {
      int error = 0;
      socklen_t size = sizeof error;
      getsockopt(member->fd, SOL_SOCKET, SO_ERROR, &error, &size);
      if (error) fail("Member %d cannot connect: %s.", member->number, strerror(error));
      watch(member, EPOLL_CTL_MOD, EPOLLIN);
      if (!options.tls) {
        protocol->connected(member);
        return;
      }
      member->tls = tls_over(member->fd, member->key);
      member->state = SECURING;
    }
    /* fall through */
    case SECURING: {
      int done = tls_handshake(member->tls);
      if (done < 0) fail("Member %d gets no TLS.", member->number);
      if (done) protocol->connected(member);
      return;
    }
    default:
      if (events & EPOLLOUT) write_unsent(member);
      if (events & (EPOLLIN | EPOLLHUP | EPOLLERR)) read_some(member);
  }
}

void pump(nanoseconds until, bool (*stop)(void)) {
  struct epoll_event events[EVENTS];
  if (stop && stop()) return;
  do {
    nanoseconds time = now(), left = until > time ? until - time : 0;
    struct timespec wait = {.tv_sec = (time_t)(left / SECOND), .tv_nsec = (long)(left % SECOND)};
    int count = epoll_pwait2(poll_fd, events, EVENTS, &wait, NULL);
    if (count < 0 && errno != EINTR) fail("epoll: %s.", strerror(errno));
    for (int i = 0; i < count; i++) go_on(events[i].data.ptr, events[i].events);
    if (stop && stop()) return;
  } while (now() < until);
}

static int wanted;

static bool can_go_on(void) {
  return on_their_way < AT_ONCE;
}

static bool all_are_in(void) {
  return in_count >= wanted;
}

void join_quietly(int count) {
  nanoseconds limit = now() + seconds(JOIN_LIMIT_SECONDS);
  wanted = count;
  for (int i = 0; i < count; i++) {
    if (!can_go_on()) pump(limit, can_go_on);
    connect_member(&members[i]);
  }
  pump(limit, all_are_in);
  for (heard_at = now(); now() < heard_at + seconds(REST_SECONDS) && now() < limit;) pump(heard_at + seconds(REST_SECONDS), NULL);
  if (!all_are_in() || now() >= limit) fail("%d of %d members were in and the room at rest after %d s.", in_count, count, JOIN_LIMIT_SECONDS);
}
