/** What came of a test stage; its reporter sends it to the runner, which is its parent process. */
import * as v from 'valibot';

export const reportSchema = v.object({
  passed: v.number(),
  failed: v.number(),
  skipped: v.array(v.object({ name: v.string(), reason: v.string() })),
  /** What the tests themselves say about this run. */
  notes: v.array(v.string()),
});

export type Report = v.InferOutput<typeof reportSchema>;

export type Skipped = Report['skipped'][number];

/** Where a title says why its test is skipped: `two hosts meet (skipped: no root)`. */
const REASON_IN_TITLE = /\s*\(skipped: (.*)\)/;

/** A skipped test. `note` is what the test framework was told as the reason. */
export function skippedTest(title: string, note: string | undefined): Skipped {
  const [, inTitle] = REASON_IN_TITLE.exec(title) ?? [];
  return {
    name: title.replace(REASON_IN_TITLE, ''),
    reason: note ?? inTitle ?? 'no reason given',
  };
}

/** Hands the report over; started by hand, a test stage has nobody to hand it to. */
export async function sendReport(report: Report): Promise<void> {
  if (process.send === undefined) return;
  await new Promise<void>((resolve) => {
    process.send?.(report, undefined, undefined, () => resolve());
  });
}

/** Elsewhere than on Windows a program and all that it starts can be ended as one. */
export const HAS_PROCESS_GROUPS = process.platform !== 'win32';

/** Ends this test stage should the runner die without ending it. */
export function endWithRunner(): void {
  process.once('disconnect', () => {
    process.kill(HAS_PROCESS_GROUPS ? -process.pid : process.pid, 'SIGKILL');
  });
  process.channel?.unref();
}
