/** The page at `app://lanyard/`: a real origin, so that the browser's own rules protect it. */
import { protocol } from 'electron';
import { PAGE_HEADERS, readPageFile } from '../page.ts';

const SCHEME = 'app';
export const PAGE_ORIGIN = `${SCHEME}://lanyard`;
export const PAGE_URL = `${PAGE_ORIGIN}/`;

/** True for an address of the page, or its origin. */
export function isPageUrl(url: string): boolean {
  return url === PAGE_ORIGIN || url.startsWith(PAGE_URL);
}

/** Makes the scheme a standard and secure one. Only possible before Electron is ready. */
export function registerPageScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
}

/** Serves the files under `root`, and nothing else, to the windows. */
export function servePage(root: string): void {
  protocol.handle(SCHEME, async (request) => {
    if (request.method !== 'GET') return answer(405, 'This page can only be read.');
    const file = isPageUrl(request.url)
      ? await readPageFile(root, new URL(request.url).pathname)
      : null;
    return file === null
      ? answer(404, 'There is no such page.')
      : answer(200, file.body, file.type);
  });
}

function answer(
  status: number,
  body: string | Uint8Array<ArrayBuffer>,
  type = 'text/plain; charset=utf-8',
): Response {
  return new Response(body, { status, headers: { ...PAGE_HEADERS, 'Content-Type': type } });
}
