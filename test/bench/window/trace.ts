/** What Chromium’s own tracing says of how a page kept up. */
import type { Browser, Page } from '@playwright/test';

/** How a page did for a while. Times in ms. */
export interface Pace {
  /** How long it was looked at. */
  readonly span: number;
  /** Tasks of the page's own thread, the longest first, by the clock. */
  readonly tasks: readonly number[];
  /** What those used of the core, which others on the core do not change; the most first. */
  readonly cpu: readonly number[];
  readonly frames: { readonly shown: number; readonly dropped: number };
  readonly inputs: readonly Input[];
}

/** One event of keyboard, mouse or wheel, with the time from when the browser had it. */
export interface Input {
  /** As Chromium calls it. */
  readonly kind: string;
  /** To when the page's thread had painted what came of it; NaN where that thread was not asked. */
  readonly painted: number;
  /** To when that was on the screen; NaN for one of which nothing came, as of a key let go. */
  readonly shown: number;
}

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  /** In µs, as `dur` and, on the thread's own clock, `tdur` are. */
  readonly ts: number;
  readonly dur?: number;
  readonly tdur?: number;
  readonly id2?: { readonly local?: string };
  readonly args: {
    readonly name?: string;
    readonly event_latency?: { readonly event_type: string };
    readonly frame_reporter?: { readonly state: string };
  };
}

const CATEGORIES = [
  'input.scrolling',
  'disabled-by-default-devtools.timeline',
  'disabled-by-default-devtools.timeline.frame',
];

/** Watches the page for as long as something is done with it. */
export async function traced(
  browser: Browser,
  page: Page,
  during: () => Promise<void>,
): Promise<Pace> {
  await browser.startTracing(page, { categories: CATEGORIES });
  const begun = performance.now();
  let span = 0;
  let trace: Buffer;
  try {
    await during();
    span = performance.now() - begun;
  } finally {
    trace = await browser.stopTracing();
  }
  // Chromium's own format, of a Chromium started here.
  const { traceEvents }: { traceEvents: readonly TraceEvent[] } = JSON.parse(trace.toString());
  return paceOf(traceEvents, span);
}

function paceOf(events: readonly TraceEvent[], span: number): Pace {
  const { pid, tid } = pageThread(events);
  const tasks = events.filter(
    (event) => event.name === 'RunTask' && event.ph === 'X' && event.tid === tid,
  );
  const states = events
    .filter((event) => event.name === 'PipelineReporter' && event.ph === 'b' && event.pid === pid)
    .map(({ args }) => args.frame_reporter?.state);
  const count = (beginning: string) =>
    states.filter((state) => state?.startsWith(beginning)).length;
  return {
    span,
    tasks: tasks.map(({ dur = 0 }) => dur / 1000).toSorted((a, b) => b - a),
    cpu: tasks.map(({ tdur = 0 }) => tdur / 1000).toSorted((a, b) => b - a),
    frames: { shown: count('STATE_PRESENTED'), dropped: count('STATE_DROPPED') },
    inputs: inputsOf(events.filter((event) => event.pid === pid)),
  };
}

/** The main thread of the process that has the page: the busiest of them. */
function pageThread(events: readonly TraceEvent[]): TraceEvent {
  const mains = events.filter(
    ({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain',
  );
  const busy = ({ pid, tid }: TraceEvent) =>
    events.reduce((sum, event) => sum + (event.pid === pid && event.tid === tid ? 1 : 0), 0);
  const [first] = mains.toSorted((a, b) => busy(b) - busy(a));
  if (first === undefined) throw new Error('Chromium traced no page.');
  return first;
}

/** An input's stages have its id, and come between its beginning and its end. */
function inputsOf(events: readonly TraceEvent[]): readonly Input[] {
  const found: Input[] = [];
  const open = new Map<string, { kind: string; from: number; painted: number; shown: number }>();
  for (const { name, ph, ts, id2, args } of events) {
    const id = id2?.local ?? '';
    const input = open.get(id);
    if (name === 'EventLatency' && ph === 'b') {
      open.set(id, {
        kind: args.event_latency?.event_type ?? '',
        from: ts,
        painted: NaN,
        shown: NaN,
      });
    } else if (input && name === 'Commit' && ph === 'e') {
      input.painted = (ts - input.from) / 1000;
    } else if (input && name === 'SwapEndToPresentationCompositorFrame' && ph === 'e') {
      input.shown = (ts - input.from) / 1000;
    } else if (input && name === 'EventLatency') {
      const { kind, painted, shown } = input;
      found.push({ kind, painted, shown });
      open.delete(id);
    }
  }
  return found;
}
