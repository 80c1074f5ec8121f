/**
 * A small stand-in for the `electron` module: as much of its behaviour as the shell relies on. The
 * tests mock the module with this one, and look at it from the other side.
 */
import { EventEmitter } from 'node:events';

export interface Frame {
  readonly origin: string;
  readonly parent: Frame | null;
}

/** The top frame of the app's own page. */
export const OUR_FRAME: Frame = { origin: 'app://lanyard', parent: null };

/** An event whose default can be prevented, with facts of its own. */
export function preventable<Facts extends object>(facts: Facts) {
  const event = {
    ...facts,
    defaultPrevented: false,
    preventDefault: () => {
      event.defaultPrevented = true;
    },
  };
  return event;
}

type IpcEvent = { readonly senderFrame: Frame | null };
type Listener = (...args: unknown[]) => void;

/** What a window shows, seen from the main process. */
export class WebContents extends EventEmitter {
  readonly invocable = new Map<string, (event: IpcEvent, ...args: unknown[]) => unknown>();
  readonly received = new EventEmitter();
  webRtc = 'default';
  openHandler: (details: { url: string }) => { action: string } = () => ({ action: 'allow' });

  readonly ipc = {
    handle: (channel: string, handler: (event: IpcEvent, ...args: unknown[]) => unknown) =>
      this.invocable.set(channel, handler),
    on: (channel: string, listener: Listener) => this.received.on(channel, listener),
  };

  setWebRTCIPHandlingPolicy(policy: string): void {
    this.webRtc = policy;
  }

  setWindowOpenHandler(handler: (details: { url: string }) => { action: string }): void {
    this.openHandler = handler;
  }

  /** To the page. */
  send(channel: string, ...args: unknown[]): void {
    ipcRenderer.emit(channel, {}, ...structuredClone(args));
  }

  /** From a frame of the page, as `ipcRenderer.invoke` does it. */
  async invokeFrom(
    senderFrame: Frame | null,
    channel: string,
    ...args: unknown[]
  ): Promise<unknown> {
    const handler = this.invocable.get(channel);
    if (handler === undefined) throw new Error(`No handler for ${channel}`);
    return structuredClone(await handler({ senderFrame }, ...structuredClone(args)));
  }

  /** From a frame of the page, as `ipcRenderer.send` does it. */
  receiveFrom(senderFrame: Frame | null, channel: string, ...args: unknown[]): void {
    this.received.emit(channel, { senderFrame }, ...structuredClone(args));
  }
}

export class BrowserWindow extends EventEmitter {
  static open: BrowserWindow[] = [];
  static getAllWindows = (): BrowserWindow[] => [...BrowserWindow.open];

  readonly webContents = new WebContents();
  readonly options: Record<string, unknown> & { webPreferences: Record<string, unknown> };
  loaded: string | null = null;
  visible = false;
  focused = false;
  minimized = false;
  maximized = false;
  flashing = false;
  bounds = { x: 0, y: 0, width: 0, height: 0 };

  constructor(options: BrowserWindow['options']) {
    super();
    this.options = options;
    const { x, y, width, height } = options;
    this.bounds = { x: Number(x), y: Number(y), width: Number(width), height: Number(height) };
    BrowserWindow.open.push(this);
    app.emit('web-contents-created', {}, this.webContents);
  }

  loadURL = async (url: string): Promise<void> => {
    this.loaded = url;
  };
  show = (): void => {
    this.visible = true;
  };
  hide = (): void => {
    this.visible = false;
  };
  focus = (): void => {
    this.focused = true;
    this.emit('focus');
  };
  restore = (): void => {
    this.minimized = false;
  };
  maximize = (): void => {
    this.maximized = true;
  };
  isFocused = (): boolean => this.focused;
  isMinimized = (): boolean => this.minimized;
  isMaximized = (): boolean => this.maximized;
  getNormalBounds = (): BrowserWindow['bounds'] => this.bounds;
  flashFrame = (on: boolean): void => {
    this.flashing = on;
  };
  close = (): void => {
    this.emit('close');
    BrowserWindow.open = BrowserWindow.open.filter((window) => window !== this);
    this.webContents.emit('destroyed');
    this.emit('closed');
    if (BrowserWindow.open.length === 0 && !app.ended) app.emit('window-all-closed');
  };
}

class ElectronApp extends EventEmitter {
  readonly name = 'Lanyard';
  isPackaged = false;
  sandboxed = false;
  badge = 0;
  /** Whether this is the first instance. */
  first = true;
  /** Set once nothing holds the app back any more. */
  ended = false;
  exitCode: number | null = null;
  languages = ['en-GB'];
  paths = new Map<string, string>();
  opened: unknown[][] = [];
  started = Promise.withResolvers<void>();

  enableSandbox = (): void => {
    this.sandboxed = true;
  };
  requestSingleInstanceLock = (): boolean => this.first;
  whenReady = (): Promise<void> => this.started.promise;
  getPath = (name: string): string => this.paths.get(name) ?? '';
  setPath = (name: string, path: string): void => void this.paths.set(name, path);
  getPreferredSystemLanguages = (): string[] => this.languages;
  getLocale = (): string => 'en-US';
  getAppPath = (): string => '/app';
  setAsDefaultProtocolClient = (...args: unknown[]): void => void this.opened.push(args);
  setAppUserModelId = (): void => {};
  setBadgeCount = (count: number): void => {
    this.badge = count;
  };
  quit = (): void => {
    const event = preventable({});
    this.emit('before-quit', event);
    if (event.defaultPrevented) return;
    this.ended = true;
    for (const window of BrowserWindow.getAllWindows()) window.close();
    this.emit('quit');
  };
  exit = (code: number): void => {
    this.exitCode = code;
    this.ended = true;
  };
}

export class Notification extends EventEmitter {
  static shown: Notification[] = [];
  readonly options: { title: string; body: string };
  constructor(options: { title: string; body: string }) {
    super();
    this.options = options;
  }
  show = (): void => void Notification.shown.push(this);
}

export type MenuItem = {
  label?: string;
  role?: string;
  accelerator?: string;
  type?: string;
  enabled?: boolean;
  submenu?: MenuItem[];
  click?: () => void;
};

export const Menu = {
  bar: [] as MenuItem[],
  popped: [] as MenuItem[],
  buildFromTemplate(template: readonly object[]) {
    const items = template.filter(isMenuItem);
    const popup = (): void => {
      Menu.popped = items;
    };
    return { items, popup };
  },
  setApplicationMenu: ({ items }: { items: MenuItem[] }): void => {
    Menu.bar = items;
  },
};

function isMenuItem(item: object): item is MenuItem {
  return 'label' in item || 'role' in item || 'type' in item;
}

export const app = new ElectronApp();
export const ipcRenderer = Object.assign(new EventEmitter(), {
  invoke: (channel: string, ...args: unknown[]): Promise<unknown> =>
    frontContents().invokeFrom(OUR_FRAME, channel, ...args),
  send: (channel: string, ...args: unknown[]): void =>
    frontContents().receiveFrom(OUR_FRAME, channel, ...args),
});
export const contextBridge = {
  exposed: new Map<string, unknown>(),
  exposeInMainWorld: (name: string, api: unknown): void =>
    void contextBridge.exposed.set(name, api),
};
type PrivilegedScheme = { scheme: string; privileges: Record<string, boolean> };

export const protocol = {
  privileged: [] as PrivilegedScheme[],
  handlers: new Map<string, (request: Request) => Promise<Response>>(),
  registerSchemesAsPrivileged: (schemes: PrivilegedScheme[]): void => {
    protocol.privileged = schemes;
  },
  handle: (scheme: string, handler: (request: Request) => Promise<Response>): void =>
    void protocol.handlers.set(scheme, handler),
};

type PermissionCheck = (contents: null, permission: string, origin: string) => boolean;
type PermissionRequest = (
  contents: null,
  permission: string,
  answer: (granted: boolean) => void,
  details: { requestingUrl: string },
) => void;

type RequestFilter = (
  details: { url: string },
  answer: (response: { cancel: boolean }) => void,
) => void;

class Session extends EventEmitter {
  check: PermissionCheck = () => true;
  request: PermissionRequest = (_, __, answer) => answer(true);
  device = (): boolean => true;
  filter: RequestFilter = (_, answer) => answer({ cancel: false });

  readonly webRequest = {
    onBeforeRequest: (filter: RequestFilter): void => {
      this.filter = filter;
    },
  };
  setPermissionCheckHandler(handler: PermissionCheck): void {
    this.check = handler;
  }
  setPermissionRequestHandler(handler: PermissionRequest): void {
    this.request = handler;
  }
  setDevicePermissionHandler(handler: () => boolean): void {
    this.device = handler;
  }
}

export const session = { defaultSession: new Session() };
export const shell = {
  opened: [] as string[],
  openExternal: async (url: string): Promise<void> => void shell.opened.push(url),
};
export const dialog = {
  errors: [] as string[],
  asked: [] as string[],
  /** Which button is pressed. */
  answer: 0,
  async showMessageBox({ message }: { message: string }): Promise<{ response: number }> {
    dialog.asked.push(message);
    return { response: dialog.answer };
  },
  showErrorBox: (_title: string, sentence: string): void => void dialog.errors.push(sentence),
};
export const clipboard = {
  text: '',
  writeText: async (text: string): Promise<void> => {
    clipboard.text = text;
  },
};

/** What a wrapped text starts with; what does not was not wrapped here. */
const WRAPPED = 'v11';
export const safeStorage = {
  available: true,
  /** On Linux: which of its key stores. */
  backend: 'gnome_libsecret',
  isEncryptionAvailable: (): boolean => safeStorage.available,
  getSelectedStorageBackend: (): string => safeStorage.backend,
  encryptString: (text: string): Buffer =>
    Buffer.from(WRAPPED + Buffer.from(text).toString('base64')),
  decryptString(wrapped: Buffer): string {
    const text = wrapped.toString();
    if (!text.startsWith(WRAPPED)) throw new Error('Error while decrypting the ciphertext.');
    return Buffer.from(text.slice(WRAPPED.length), 'base64').toString();
  },
};

const DISPLAY = { id: 1, workArea: { x: 0, y: 0, width: 1920, height: 1040 } };
export const screen = {
  getPrimaryDisplay: () => DISPLAY,
  getAllDisplays: () => [DISPLAY],
};
export const nativeImage = { createFromDataURL: (url: string) => ({ url }) };
export const powerMonitor = new EventEmitter();

export const nativeTheme = { themeSource: 'system', shouldUseDarkColors: false };

function frontContents(): WebContents {
  const window = BrowserWindow.open.at(-1);
  if (window === undefined) throw new Error('There is no window.');
  return window.webContents;
}

/** As it was before anything ran; the preload script stays loaded. */
export function resetElectron(): void {
  app.removeAllListeners();
  ipcRenderer.removeAllListeners();
  Object.assign(app, {
    isPackaged: false,
    sandboxed: false,
    badge: 0,
    first: true,
    ended: false,
    exitCode: null,
    languages: ['en-GB'],
    paths: new Map(),
    opened: [],
    started: Promise.withResolvers<void>(),
  });
  BrowserWindow.open = [];
  Notification.shown = [];
  Menu.bar = [];
  Menu.popped = [];
  protocol.privileged = [];
  protocol.handlers.clear();
  shell.opened = [];
  Object.assign(dialog, { errors: [], asked: [], answer: 0 });
  nativeTheme.themeSource = 'system';
  Object.assign(safeStorage, { available: true, backend: 'gnome_libsecret' });
  powerMonitor.removeAllListeners();
  session.defaultSession.removeAllListeners();
}
