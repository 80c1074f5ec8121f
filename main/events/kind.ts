import * as v from 'valibot';
import type { Body, SignedEvent } from './event.ts';

/** One kind of event: what its body holds and how it is read. Each is defined in a file of its own. */
export interface Kind<Content> {
  readonly name: string;
  readonly body: v.GenericSchema<unknown, Content>;
  /** True when its body is for hosts alone: a secret others could use (E7). */
  readonly isWithheld?: true;
}

/** What an event of this kind says; null when it is of another, or says nothing that can be read. */
export function bodyOf<Content>(
  kind: Kind<Content>,
  event: Pick<SignedEvent, 'kind' | 'body'>,
): Content | null {
  if (event.kind !== kind.name) return null;
  const parsed = v.safeParse(kind.body, jsonIn(event.body));
  return parsed.success ? parsed.output : null;
}

/** A body's JSON object, undefined when there is none. */
export function jsonIn(body: Body): unknown {
  if (body.state !== 'whole') return undefined;
  try {
    const value: unknown = JSON.parse(body.text);
    return Array.isArray(value) ? undefined : value;
  } catch {
    return undefined;
  }
}

const withFallback = v.object({ fallback: v.pipe(v.string(), v.maxLength(1_000)) });

/** What an event of an unknown kind wants shown in its place (E5). */
export function fallbackIn(body: Body): string | null {
  const parsed = v.safeParse(withFallback, jsonIn(body));
  return parsed.success ? parsed.output.fallback : null;
}
