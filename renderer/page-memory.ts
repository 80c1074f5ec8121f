/**
 * What the page remembers over a reload, as far as the browser lets it: where the person keeps sites
 * from storing anything, or too much is stored, reading finds nothing and writing does nothing.
 */

/** What was remembered under this key, null when that is nothing. */
export function recall(key: string): string | null {
  try {
    return sessionStorage.getItem(key);
  } catch {
    return null;
  }
}

/** Remembers this under the key; where it cannot, an earlier value is forgotten. */
export function remember(key: string, value: string): void {
  try {
    sessionStorage.setItem(key, value);
  } catch {
    forget(key);
  }
}

export function forget(key: string): void {
  try {
    sessionStorage.removeItem(key);
  } catch {
    // Then nothing is remembered anyway.
  }
}
