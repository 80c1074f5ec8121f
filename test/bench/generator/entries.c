/* What was said, and whether every member gets it: once, in one order, the same bytes. */
#define _GNU_SOURCE
#include "generator.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Members this many entries apart are compared by the text's number alone. */
#define RECENT 4096
#define MARK "n="
#define NUMBER_DIGITS 10
#define NOBODY UINT32_MAX

struct entry {
  uint64_t index, number;
  size_t length;
  int got;
  char *payload;
};

struct sent {
  nanoseconds due;
  bool measured, taken;
};

uint64_t said_count, deliveries, in_flight;
int expected, silent = -1;
struct histogram *latencies;
void (*on_complete)(void);
nanoseconds received_at;

static struct entry recent[RECENT];
static struct sent *sent;    /* by the text's number */
static uint32_t *order;      /* the text's number, by the entry's place; NOBODY while nobody has it */
static uint64_t known, room; /* how many entries anybody has; how many fit */

static void make_room(void) {
  if (said_count < room) return;
  uint64_t before = room;
  room = room ? room * 2 : 65536;
  sent = realloc(sent, room * sizeof *sent);
  order = realloc(order, room * sizeof *order);
  if (!sent || !order) fail("There is no memory for %lu texts.", room);
  for (uint64_t index = before; index < room; index++) order[index] = NOBODY;
}

static size_t make_text(char *text, uint64_t number) {
  static const char *words[] = {"the ", "printer ", "in ", "room ", "four ", "works ", "again ", "who ", "brings ", "coffee ",
                                "lab ", "three ", "starts ", "at ", "noon ", "please ", "close ", "window ", "maps ", "are "};
  size_t length = (size_t)sprintf(text, MARK "%0*lu ", NUMBER_DIGITS, number), wanted = (size_t)options.body;
  for (uint64_t pick = number + 1; length < wanted; pick = pick * 6364136223846793005ull + 1442695040888963407ull)
    length = (size_t)(stpcpy(text + length, words[(pick >> 33) % 20]) - text);
  text[wanted - 1] = '.';
  return wanted;
}

static struct member *next_author(void) {
  static int turn;
  for (;;) {
    struct member *author = &members[turn++ % options.members];
    if (author->state == IN && author->number != silent && !author->fetching) return author;
  }
}

void say_next(nanoseconds due, bool measured) {
  char text[8192 + 16];
  make_room();
  sent[said_count] = (struct sent){.due = due, .measured = measured};
  protocol->say(next_author(), text, make_text(text, said_count), said_count);
  said_count++;
  in_flight++;
}

static uint64_t number_in(const char *payload, size_t length) {
  const char *mark = memmem(payload, length, MARK, sizeof MARK - 1);
  if (!mark || (size_t)(payload + length - mark) < sizeof MARK + NUMBER_DIGITS) fail("There is no text in %.*s", (int)length, payload);
  return strtoull(mark + sizeof MARK - 1, NULL, 10);
}

static struct entry *first_receipt(struct member *member, const char *payload, size_t length) {
  struct entry *entry = &recent[member->next % RECENT];
  uint64_t number = number_in(payload, length);
  if (number >= said_count) fail("Member %d got text %lu, which nobody said.", member->number, number);
  if (sent[number].taken) fail("Member %d got text %lu a second time.", member->number, number);
  sent[number].taken = true;
  order[member->next] = (uint32_t)number;
  known++;
  char *copy = realloc(entry->payload, length);
  if (!copy) fail("There is no memory for an entry.");
  memcpy(copy, payload, length);
  *entry = (struct entry){.index = member->next, .number = number, .length = length, .payload = copy};
  return entry;
}

bool is_news(const struct member *member) {
  return member->next < room && order[member->next] == NOBODY;
}

size_t length_of_next(const struct member *member) {
  const struct entry *entry = &recent[member->next % RECENT];
  return entry->index == member->next && !is_news(member) ? entry->length : 0;
}

void receive_entry(struct member *member, const char *payload, size_t length) {
  struct entry *entry = &recent[member->next % RECENT];
  bool is_same;
  if (member->next >= said_count) fail("Member %d got more than was said.", member->number);
  if (is_news(member)) {
    entry = first_receipt(member, payload, length);
    is_same = true;
  } else if (entry->index == member->next) {
    is_same = entry->length == length && memcmp(entry->payload, payload, length) == 0;
  } else {
    is_same = number_in(payload, length) == order[member->next];
  }
  if (!is_same) fail("Member %d got another entry than the others as number %lu.", member->number, member->next);
  uint64_t number = order[member->next];
  member->next++;
  deliveries++;
  if (latencies && sent[number].measured) histogram_add(latencies, received_at - sent[number].due);
  if (entry->index + 1 == member->next && ++entry->got == expected) {
    in_flight--;
    if (on_complete) on_complete();
  }
}

bool everybody_has_everything(void) {
  return known == said_count && deliveries >= said_count * (uint64_t)expected;
}
