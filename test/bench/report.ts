/** Findings as Markdown, and the file that keeps them. */
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import * as v from 'valibot';
import type { Findings, Table } from './findings.ts';

const RESULTS = fileURLToPath(new URL('results.json', import.meta.url));
const REPORT = fileURLToPath(new URL('RESULTS.md', import.meta.url));

const MARKS = { true: 'met', false: '**missed**', null: 'not measured' } as const;

const cells = v.array(v.string());
const keptSchema = v.object({
  title: v.string(),
  date: v.string(),
  machine: cells,
  seconds: v.number(),
  targets: v.array(
    v.object({ promise: v.string(), measured: v.string(), met: v.nullable(v.boolean()) }),
  ),
  tables: v.array(v.object({ title: v.string(), head: cells, rows: v.array(cells) })),
  notes: cells,
  figures: v.unknown(),
});

/** The findings of a scenario, and when and where they were made. */
export interface Kept extends Findings {
  readonly title: string;
  /** As in 2026-11-21. */
  readonly date: string;
  readonly machine: readonly string[];
  readonly seconds: number;
}

/** By the scenarios' names. */
export type Results = Readonly<Record<string, Kept>>;

/** Every scenario as last run; nothing when nothing was kept yet. */
export async function readResults(): Promise<Results> {
  try {
    return v.parse(v.record(v.string(), keptSchema), JSON.parse(await readFile(RESULTS, 'utf8')));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return {};
    throw error;
  }
}

/** Keeps them, as figures and as a page. */
export async function writeResults(results: Results): Promise<void> {
  await writeFile(RESULTS, await formatted(JSON.stringify(results), 'json'));
  await writeFile(REPORT, await markdownOf(results));
}

/** As a page of Markdown. */
export function markdownOf(results: Results): Promise<string> {
  const all = Object.values(results);
  const page = [
    '# What was measured',
    '`npm run bench -- --full` writes this page; the figures behind it are in `results.json`. All figures are medians of rounds in which the hubs took turns, and ratios are medians of the ratios of a round. Every entry counted was checked: the same bytes in the same order for every member, each once. [PROFILE.md](PROFILE.md) says where the time goes, and why what is missed is missed.',
    ...machinesOf(all),
    '## Targets',
    tableOf({
      title: '',
      head: ['', 'target', 'measured', ''],
      rows: all.flatMap(({ title, targets }) =>
        targets.map(({ promise, measured, met }, index) => [
          index === 0 ? title : '',
          promise,
          measured,
          MARKS[`${met}`],
        ]),
      ),
    }),
    ...all.flatMap(sectionOf),
  ];
  return formatted(page.join('\n\n'), 'markdown');
}

async function formatted(text: string, parser: 'json' | 'markdown'): Promise<string> {
  return format(text, { ...(await resolveConfig(REPORT)), parser });
}

function machinesOf(all: readonly Kept[]): readonly string[] {
  const runs = new Set(all.map(({ date, machine }) => `${date}: ${machine.join('; ')}.`));
  return [...runs];
}

function sectionOf({ title, date, seconds, tables, notes }: Kept): readonly string[] {
  return [
    `## ${title}`,
    `${date}, in ${Math.round(seconds)} s.`,
    ...tables.flatMap((table) => [`**${table.title}**`, tableOf(table)]),
    notes.map((note) => `- ${note.replaceAll('\n', ' ')}`).join('\n'),
  ];
}

function tableOf({ head, rows }: Table): string {
  return [head, head.map(() => '---'), ...rows].map(line).join('\n');
}

function line(row: readonly string[]): string {
  return `| ${row.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}
