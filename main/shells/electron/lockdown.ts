/** What a page may never do here, whichever window it is in. */
import { app, session, shell } from 'electron';
import type { WebContents } from 'electron';
import { PAGE_URL, isPageUrl } from './page-scheme.ts';

/** No navigation, no second window, no webview: from the start for every page there will be. */
export function lockPages(): void {
  app.enableSandbox();
  app.on('web-contents-created', (_, contents) => lockPage(contents));
}

function lockPage(contents: WebContents): void {
  // Pages speak to nobody, and what they could ask of WebRTC no content policy forbids.
  contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp');
  contents.on('will-frame-navigate', (event) => {
    event.preventDefault();
    if (event.isMainFrame) openOutside(event.url);
  });
  contents.on('will-redirect', (event) => event.preventDefault());
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) => {
    openOutside(url);
    return { action: 'deny' };
  });
}

/** Grants our page to put text on the clipboard, and nothing to anybody else. */
export function denyPermissions(): void {
  session.defaultSession.setPermissionCheckHandler((_, permission, origin) =>
    isGranted(permission, origin),
  );
  session.defaultSession.setPermissionRequestHandler((_, permission, answer, details) =>
    answer(isGranted(permission, details.requestingUrl)),
  );
  session.defaultSession.setDevicePermissionHandler(() => false);
}

/** Nothing is loaded but the page, and nothing saved but what the page itself has made. */
export function denyRemoteContent(): void {
  session.defaultSession.webRequest.onBeforeRequest(({ url }, answer) =>
    answer({ cancel: !isLocal(url) }),
  );
  session.defaultSession.on('will-download', (event, item) => {
    if (!isMadeByPage(item.getURL())) event.preventDefault();
  });
}

function isLocal(url: string): boolean {
  return isPageUrl(url) || isMadeByPage(url) || /^(?:data|devtools):/.test(url);
}

function isMadeByPage(url: string): boolean {
  return url.startsWith(`blob:${PAGE_URL}`);
}

function isGranted(permission: string, askedBy: string): boolean {
  return permission === 'clipboard-sanitized-write' && isPageUrl(askedBy);
}

/** Opens a link in the person's browser. Other schemes could start programs, so they do nothing. */
function openOutside(link: string): void {
  const url = URL.parse(link);
  if (url?.protocol !== 'https:' && url?.protocol !== 'http:') return;
  shell.openExternal(url.href).catch((error: unknown) => {
    process.stderr.write(`Lanyard could not open ${url.href}: ${String(error)}\n`);
  });
}
