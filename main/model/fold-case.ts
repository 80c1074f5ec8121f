/**
 * A text in which case does not matter: ß, ẞ and SS are ss, any sigma is σ, and I, ı, İ and i are one,
 * because people type as their language does. For comparing, never shown.
 */
export function foldCase(text: string): string {
  // By way of capitals, of which there are more that are one.
  const small = text.toLowerCase().toUpperCase().toLowerCase();
  return small.replaceAll('ς', 'σ').replaceAll('i\u0307', 'i');
}
