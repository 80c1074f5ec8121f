import type { CheckedEntry } from '../model/entry.ts';
import { isReadable, NOT_VERIFIED, quietLine } from './entry-line.ts';
import { localTime } from './local-time.ts';

const STYLE = `
  body { font: 16px/1.5 system-ui, sans-serif; max-width: 44rem; margin: 2rem auto; padding: 0 1rem;
    color-scheme: light dark; }
  article { margin: 0 0 .75rem; }
  header { font-size: .8rem; opacity: .75; }
  header b { font-size: 1rem; }
  article.quiet { font-size: .8rem; opacity: .75; }
  em { font-style: normal; font-weight: bold; }
  p { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; }
`;

/** One page that loads nothing and runs nothing; every text in it is escaped. */
export function htmlPage(room: string, entries: readonly CheckedEntry[]): string {
  return `<!doctype html>
<html>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escaped(room)}</title>
<style>${STYLE}</style>
</head>
<body>
<h1>${escaped(room)}</h1>
${entries.map(article).join('\n')}
</body>
</html>
`;
}

function article(entry: CheckedEntry): string {
  const doubt = entry.doubt === undefined ? '' : ` <em>${NOT_VERIFIED}</em>`;
  const time = `<time>${localTime(entry.at)}</time>`;
  if (!isReadable(entry)) {
    return `<article class="quiet" dir="auto">${time}${doubt} ${escaped(quietLine(entry))}</article>`;
  }
  const { name, text } = entry;
  return `<article dir="auto"><header><b>${escaped(name)}</b>${doubt} ${time}</header><p>${escaped(text)}</p></article>`;
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
