/*
 * What a member hears of the room's log: what is new (L4), and what it missed when it comes back
 * (W4, L3). Rule ids are those of PROTOCOL.md.
 */
#define _GNU_SOURCE
#include "generator.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PAGE "200"
/* So far into an item its name ends, and what stands behind that of the items that follow. */
#define HEAD_MAX 512
/* An item is longer than what is shared by those of a frame. */
#define HEAD_MIN 128
#define ITEM_MAX (16 * 1024)

uint64_t base_seq;
char room_id[HASH_LENGTH + 1], talk[HASH_LENGTH + 1];

/* How what is told of the conversation begins in a welcome, and in news. */
static char state_of_talk[128], news_of_talk[128];
/* The epoch of the entry at base_seq, empty without one, and that of what is said now (L2). */
static char base_epoch[HASH_LENGTH + 1], epoch[HASH_LENGTH + 1];
static bool base_is_known;

/* What stands behind a word, or null. */
static const char *behind(const char *word, const char *at, const char *end) {
  size_t length = strlen(word);
  const char *hit = memmem(at, (size_t)(end - at), word, length);
  return hit ? hit + length : NULL;
}

static bool begins(const char *at, const char *end, const char *with) {
  size_t length = strlen(with);
  return (size_t)(end - at) >= length && memcmp(at, with, length) == 0;
}

static void read_hash(const char *at, char into[HASH_LENGTH + 1]) {
  size_t length = *at == '"' ? 0 : HASH_LENGTH;
  memcpy(into, at, length);
  into[length] = 0;
}

/* X1, L1. */
static void read_room(const char *piece, const char *end) {
  const char *id = behind("\"room\":{\"id\":\"", piece, end);
  if (!id || end - id < HASH_LENGTH) return;
  char text[96];
  read_hash(id, room_id);
  int length = snprintf(text, sizeof text, "lanyard conversation 2\n%s", room_id);
  hash(text, (size_t)length, talk);
  snprintf(state_of_talk, sizeof state_of_talk, "\"conversation\":\"%s\",\"common\":", talk);
  snprintf(news_of_talk, sizeof news_of_talk, "{\"type\":\"entries\",\"conversation\":\"%s\",\"after\":", talk);
}

/* Where the log ends, from the first welcome (W4). */
static void read_position(const char *piece, const char *end, bool last) {
  if (!*room_id) read_room(piece, end);
  if (base_is_known || !*room_id) return;
  const char *state = behind(state_of_talk, piece, end);
  if (!state || (!last && end - state < SCAN_OVERLAP)) return;
  const char *place = behind("\"last\":{", state, end);
  const char *close = place ? memchr(place, '}', (size_t)(end - place)) : NULL;
  const char *of = close ? behind("\"epoch\":\"", place, close) : NULL, *seq = close ? behind("\"seq\":", place, close) : NULL;
  if (!of || !seq) fail("The welcome does not say where the log ends.");
  read_hash(of, base_epoch);
  base_seq = strtoull(seq, NULL, 10);
  base_is_known = true;
}

void resume_of(const struct member *member, char *into, size_t size) {
  char since[96] = "", before[96] = "";
  uint64_t in_base = member->have < base_seq ? member->have : base_seq;
  if (member->have > base_seq) snprintf(since, sizeof since, "{\"epoch\":\"%s\",\"seq\":%lu}", epoch, member->have);
  if (*base_epoch) snprintf(before, sizeof before, "{\"epoch\":\"%s\",\"seq\":%lu}", base_epoch, in_base);
  snprintf(into, size, "{\"conversation\":\"%s\",\"ancestry\":[%s%s%s]}", talk, since, *since && *before ? "," : "", before);
}

/* ---- items ---- */

#define EPOCH ",\"epoch\":\""
#define POLICY ",\"policy\":\""

struct span {
  size_t from, length;
};

/* Behind a field of text, if it stands here. */
static const char *past(const char *field, const char *at, const char *end) {
  const char *value = at + strlen(field), *close = begins(at, end, field) ? memchr(value, '"', (size_t)(end - value)) : NULL;
  return close ? close + 1 : at;
}

/*
 * An epoch and a policy link stand with the first item of a frame and hold for those behind it. What
 * is first differs between members who get several at once, so these are no part of what is compared.
 */
static struct span shared_of(const char *item, size_t left) {
  const char *end = item + (left < HEAD_MAX ? left : HEAD_MAX), *name = behind("\"name\":\"", item, end);
  const char *quote = name ? memchr(name, '"', (size_t)(end - name)) : NULL;
  if (!quote) return (struct span){0, 0};
  const char *from = quote + 1, *policy = past(EPOCH, from, end);
  if (policy > from) read_hash(from + sizeof EPOCH - 1, epoch);
  return (struct span){(size_t)(from - item), (size_t)(past(POLICY, policy, end) - from)};
}

static bool ends_at(const char *item, size_t length, size_t left) {
  return length > HEAD_MIN && length < left && item[length - 1] == '}' && (item[length] == ',' || item[length] == ']');
}

/* How long an item is that begins here; 0 when its end has not come. It may be as long as `likely`. */
static size_t length_of(const char *item, size_t left, size_t likely) {
  if (ends_at(item, likely, left)) return likely;
  /* Within a text there are no bare quotation marks. */
  const char *signature = behind("\"signature\":\"", item, item + left);
  size_t length = signature ? (size_t)(signature - item) + SIGNATURE_LENGTH + 2 : left;
  if (length >= left) return 0;
  if (!ends_at(item, length, left)) fail("An entry does not end as it should: %.*s", (int)length + 1, item);
  return length;
}

static uint64_t seq_of(const char *item, size_t length) {
  const char *seq = behind("\"seq\":", item, item + length);
  if (!seq) fail("An entry has no seq: %.*s", (int)length, item);
  return strtoull(seq, NULL, 10);
}

/* S4. What others have already is compared with theirs and needs no reading. */
static void hear_item(struct member *member, const char *item, size_t length, struct span shared) {
  static char compared[ITEM_MAX];
  uint64_t last = base_seq + member->next;
  if (member->came_back || is_news(member)) {
    uint64_t seq = seq_of(item, length);
    if (member->came_back && seq <= last) return;
    if (seq != last + 1) fail("Member %d got seq %lu after %lu.", member->number, seq, last);
  }
  if (shared.length) {
    size_t rest = shared.from + shared.length;
    if (length > sizeof compared) fail("An entry of %zu bytes is too long for the bench.", length);
    memcpy(compared, item, shared.from);
    memcpy(compared + shared.from, item + rest, length - rest);
    item = compared;
  }
  receive_entry(member, item, length - shared.length);
}

/* What it asked for. */
static void fetch_item(struct member *member, uint64_t seq) {
  if (seq != member->have + 1) fail("Member %d was given seq %lu after %lu.", member->number, seq, member->have);
  member->have = seq;
}

/* Returns its length, or 0 when it has not come whole. */
static size_t take_item(struct member *member, const char *item, size_t left) {
  size_t likely = member->fetching ? 0 : length_of_next(member);
  struct span shared = {0, 0};
  if (!member->fetching && !ends_at(item, likely, left)) {
    shared = shared_of(item, left);
    likely += shared.length;
  }
  size_t length = length_of(item, left, likely);
  if (length == 0) return 0;
  if (member->fetching) fetch_item(member, seq_of(item, length));
  else hear_item(member, item, length, shared);
  return length;
}

/* ---- messages ---- */

/* L3. */
static void ask_for_more(struct member *member) {
  char request[192];
  int length = snprintf(request, sizeof request, "{\"type\":\"history\",\"id\":\"after-%lu\",\"conversation\":\"%s\",\"after\":%lu,\"limit\":" PAGE "}",
                        member->have, talk, member->have);
  send_text(member, request, (size_t)length);
}

static void caught_up(struct member *member) {
  if (member->have < base_seq) fail("Member %d was told that seq %lu is the end.", member->number, member->have);
  member->fetching = false;
  member->came_back = true;
  member->next = member->have - base_seq;
}

/* L4: between `after` and the first item there is nothing. */
static void check_after(const struct member *member, const char *after) {
  uint64_t seq = strtoull(after, NULL, 10), last = base_seq + member->next;
  if (seq > last) fail("Member %d was told what follows seq %lu and has %lu.", member->number, seq, last);
}

/* Who fetches asks for everything in between, and needs no news meanwhile (L4). */
static enum part first_part(const struct member *member, const char *piece, const char *end) {
  if (member->state == GREETING) return member->fetching ? BEFORE_LOG : OTHER;
  if (member->fetching) return begins(piece, end, "{\"type\":\"page\"") ? BEFORE_ITEMS : OTHER;
  if (!begins(piece, end, news_of_talk)) return OTHER;
  check_after(member, piece + strlen(news_of_talk));
  return BEFORE_ITEMS;
}

/* Where to go on from a place when more has come. */
static size_t used_to(const char *piece, const char *at, const char *end) {
  const char *kept = end - at > SCAN_OVERLAP ? end - SCAN_OVERLAP : at;
  return (size_t)(kept - piece);
}

/* A message has come to its end. */
static void heard(struct member *member) {
  bool is_welcome = member->state == GREETING, is_page = !is_welcome && member->part == BEHIND_ITEMS;
  if (member->part != BEHIND_ITEMS && member->part != OTHER) fail("A message to member %d ends too early.", member->number);
  member->part = BEGINNING;
  if (is_welcome) has_joined(member);
  if (!member->fetching || !(is_welcome || is_page)) return;
  if (is_welcome || member->goes_on) ask_for_more(member);
  else caught_up(member);
}

static size_t hear_other(struct member *member, const char *piece, size_t length, bool last) {
  const char *end = piece + length;
  if (member->state == GREETING) read_position(piece, end, last);
  return heard_other ? heard_other(member, piece, length, last) : used_to(piece, piece, end);
}

size_t hear_message(struct member *member, const char *piece, size_t length, bool last) {
  const char *at = piece, *end = piece + length;
  if (member->part == BEGINNING) {
    if (!last && length < SCAN_OVERLAP) return 0;
    member->part = first_part(member, piece, end);
  }
  if (member->part == OTHER) {
    size_t used = hear_other(member, piece, length, last);
    if (last) heard(member);
    return last ? length : used;
  }
  if (member->part == BEFORE_LOG) {
    const char *common = behind(state_of_talk, at, end);
    if (!last && (!common || end - common < SCAN_OVERLAP)) return used_to(piece, at, end);
    if (!common || begins(common, end, "null")) fail("Member %d could not resume.", member->number);
    member->part = BEFORE_ITEMS;
    at = common;
  }
  if (member->part == BEFORE_ITEMS) {
    const char *items = behind("\"entries\":[", at, end);
    if (!items && !last) return used_to(piece, at, end);
    if (!items) fail("Member %d heard of no entries.", member->number);
    member->part = ITEMS;
    member->goes_on = behind("\"more\":true", at, items);
    at = items;
  }
  if (member->part == ITEMS) {
    for (size_t taken; at < end && *at == '{' && (taken = take_item(member, at, (size_t)(end - at))) > 0;) {
      at += taken;
      if (*at == ',') at++;
    }
    if (at < end && *at == ']') member->part = BEHIND_ITEMS;
  }
  if (last) heard(member);
  else if (member->part == BEHIND_ITEMS && member->state == GREETING) at = end;
  return last ? length : (size_t)(at - piece);
}
