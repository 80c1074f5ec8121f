/** Enter that only takes over what an input method offers. Safari sends it after the composition, as 229. */
export function isComposing(event: KeyboardEvent): boolean {
  return event.isComposing || event.keyCode === 229;
}
