const SEEN =
  /[^\p{White_Space}\p{Cc}\p{M}\p{Default_Ignorable_Code_Point}\u2800\ufff9-\ufffb\u{1d159}\u{13430}-\u{1343f}]/u;

/** True for a text that would show as nothing. No room takes one any more, but older ones did (S3). */
export function isBlank(text: string): boolean {
  return !SEEN.test(text);
}
