/*
 * The floor: bare TCP, a length and a text. What came in one turn goes out in one send to each
 * member. Nothing can be cheaper that sends every text to every member over its own connection.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#define MEMBERS_MAX 65536
#define EVENTS 1024
#define READ_MAX (64 * 1024)

struct member {
  char *part, *unsent; /* of a text that has not come whole; what its socket did not take */
  size_t part_length, unsent_length;
};

static struct member *members[MEMBERS_MAX]; /* by descriptor */
static int descriptors[MEMBERS_MAX], member_count, poll_fd;
static char *batch;
static size_t batch_length, batch_room;

static void add(char **buffer, size_t *length, const char *data, size_t size) {
  *buffer = realloc(*buffer, *length + size);
  if (!*buffer) abort();
  memcpy(*buffer + *length, data, size);
  *length += size;
}

static void watch(int operation, int fd, uint32_t events) {
  struct epoll_event event = {.events = events, .data.fd = fd};
  epoll_ctl(poll_fd, operation, fd, &event);
}

static void let_in(int listener) {
  int on = 1;
  for (;;) {
    int fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (fd < 0 || fd >= MEMBERS_MAX) return;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    members[fd] = calloc(1, sizeof *members[fd]);
    descriptors[member_count++] = fd;
    watch(EPOLL_CTL_ADD, fd, EPOLLIN);
  }
}

static void let_go(int fd) {
  for (int i = 0; i < member_count; i++)
    if (descriptors[i] == fd) descriptors[i--] = descriptors[--member_count];
  free(members[fd]->part);
  free(members[fd]->unsent);
  free(members[fd]);
  members[fd] = NULL;
  close(fd);
}

static void read_from(int fd) {
  static char data[READ_MAX];
  struct member *member = members[fd];
  long got = read(fd, data, sizeof data);
  if (got < 0 && errno == EAGAIN) return;
  if (got <= 0) {
    let_go(fd);
    return;
  }
  add(&member->part, &member->part_length, data, (size_t)got);
  size_t used = 0;
  uint32_t size;
  while (member->part_length - used >= sizeof size) {
    memcpy(&size, member->part + used, sizeof size);
    if (member->part_length - used - sizeof size < size) break;
    used += sizeof size + size;
  }
  while (batch_length + used > batch_room) batch = realloc(batch, batch_room = batch_room * 2 + READ_MAX);
  memcpy(batch + batch_length, member->part, used);
  batch_length += used;
  member->part_length -= used;
  memmove(member->part, member->part + used, member->part_length);
}

static void send_to(int fd, const char *data, size_t length) {
  struct member *member = members[fd];
  if (!member->unsent_length) {
    long sent = send(fd, data, length, MSG_NOSIGNAL);
    if (sent < 0) sent = 0;
    if ((size_t)sent == length) return;
    data += sent, length -= (size_t)sent;
    watch(EPOLL_CTL_MOD, fd, EPOLLIN | EPOLLOUT);
  }
  add(&member->unsent, &member->unsent_length, data, length);
}

static void send_unsent(int fd) {
  struct member *member = members[fd];
  char *data = member->unsent;
  size_t length = member->unsent_length;
  member->unsent = NULL;
  member->unsent_length = 0;
  watch(EPOLL_CTL_MOD, fd, EPOLLIN);
  if (length) send_to(fd, data, length);
  free(data);
}

int main(void) {
  struct rlimit files;
  getrlimit(RLIMIT_NOFILE, &files);
  files.rlim_cur = files.rlim_max;
  setrlimit(RLIMIT_NOFILE, &files);
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  socklen_t size = sizeof address;
  int listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (bind(listener, (struct sockaddr *)&address, size) != 0 || listen(listener, 4096) != 0) return 1;
  getsockname(listener, (struct sockaddr *)&address, &size);
  printf("{\"ready\":true,\"port\":%d}\n", ntohs(address.sin_port));
  fflush(stdout);
  poll_fd = epoll_create1(0);
  watch(EPOLL_CTL_ADD, listener, EPOLLIN);
  for (;;) {
    struct epoll_event events[EVENTS];
    int count = epoll_wait(poll_fd, events, EVENTS, -1);
    for (int i = 0; i < count; i++) {
      int fd = events[i].data.fd;
      if (fd == listener) let_in(fd);
      if (members[fd] && events[i].events & EPOLLOUT) send_unsent(fd);
      if (members[fd] && events[i].events & (EPOLLIN | EPOLLHUP | EPOLLERR)) read_from(fd);
    }
    if (batch_length)
      for (int i = 0; i < member_count; i++) send_to(descriptors[i], batch, batch_length);
    batch_length = 0;
  }
}
