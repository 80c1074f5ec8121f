#define _GNU_SOURCE
#include "generator.h"
#include <string.h>

size_t scan(const char *word, size_t apart, const char *text, size_t length, bool last,
            void (*found)(struct member *, uint64_t), struct member *member) {
  size_t word_length = strlen(word);
  const char *end = text + length, *at = text;
  const char *stop = last ? end : length > SCAN_OVERLAP ? end - SCAN_OVERLAP : text;
  while (at < stop) {
    const char *hit = memmem(at, (size_t)(end - at), word, word_length);
    if (!hit || hit >= stop) break;
    const char *digit = hit + word_length;
    uint64_t number = 0;
    for (; digit < end && *digit >= '0' && *digit <= '9'; digit++) number = number * 10 + (uint64_t)(*digit - '0');
    if (digit > hit + word_length) found(member, number);
    at = (size_t)(end - digit) > apart ? digit + apart : end;
  }
  return (size_t)((at > stop ? at : stop) - text);
}
