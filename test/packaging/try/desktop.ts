/** What a person at a desktop sees and does, by the programs each system has for that. */
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, readdirSync } from 'node:fs';
import { promisify } from 'node:util';

const run = promisify(execFile);

export type Command = readonly [file: string, ...args: string[]];

export interface Process {
  readonly pid: number;
  readonly command: string;
}

/** A system whose desktop these tries can use. */
type System = 'linux' | 'darwin' | 'win32';

export function powershell(script: string): Command {
  return ['powershell', '-NoProfile', '-NonInteractive', '-Command', script];
}

/** Types letters and spaces, if any, and Enter into the window of a program. */
const TYPE: Readonly<Record<System, (pid: number, text: string) => Command>> = {
  linux: (_, text) => [
    'xdotool',
    ...'search --onlyvisible --class ^lanyard$ windowactivate --sync'.split(' '),
    ...(text === '' ? [] : ['type', '--args', '1', text]),
    'key',
    'Return',
  ],
  darwin: (_, text) => [
    'osascript',
    '-e',
    'tell application "Lanyard" to activate',
    '-e',
    `tell application "System Events" to keystroke "${text}" & return`,
  ],
  win32: (pid, text) =>
    powershell(
      '$shell = New-Object -ComObject WScript.Shell; ' +
        `if ($shell.AppActivate(${pid})) { $shell.SendKeys('${text}{ENTER}') }`,
    ),
};

const PICTURE: Readonly<Record<System, (file: string) => Command>> = {
  linux: (file) => ['import', '-window', 'root', file],
  darwin: (file) => ['screencapture', '-x', file],
  win32: (file) =>
    powershell(
      'Add-Type -AssemblyName System.Windows.Forms, System.Drawing; ' +
        '$area = [System.Windows.Forms.Screen]::PrimaryScreen.Bounds; ' +
        '$bitmap = New-Object System.Drawing.Bitmap $area.Width, $area.Height; ' +
        '[System.Drawing.Graphics]::FromImage($bitmap).CopyFromScreen($area.Location, [System.Drawing.Point]::Empty, $area.Size); ' +
        `$bitmap.Save('${file}')`,
    ),
};

/** Every process of this computer whose command can be seen. */
export async function processes(): Promise<Process[]> {
  switch (system()) {
    case 'linux':
      return readdirSync('/proc')
        .filter((name) => /^\d+$/.test(name))
        .flatMap((pid) => {
          const command = readOrNull(`/proc/${pid}/cmdline`)?.replaceAll('\0', ' ').trim();
          return command ? [{ pid: Number(pid), command }] : [];
        });
    case 'darwin':
      return parseProcesses((await run('ps', ['-axww', '-o', 'pid=,command='])).stdout);
    case 'win32': {
      const [file, ...args] = powershell(
        'Get-CimInstance Win32_Process | ForEach-Object { "$($_.ProcessId) $($_.CommandLine)" }',
      );
      return parseProcesses((await run(file, args)).stdout);
    }
  }
}

/** Lines of a process's id and its command, which may begin with a quote. */
export function parseProcesses(printed: string): Process[] {
  return Array.from(printed.matchAll(/^ *(\d+) +"?(\S.*?)\r?$/gm), ([, pid, command = '']) => ({
    pid: Number(pid),
    command,
  }));
}

/** What of Chromium's sandbox a process lacks; null for none, or where only Chromium itself knows. */
export function whyNotSandboxed({ pid }: Process): string | null {
  if (system() !== 'linux') return null;
  const status = readOrNull(`/proc/${pid}/status`);
  if (status === null) return 'it is gone';
  if (!/^Seccomp:\t2$/m.test(status)) return 'it has no system call filter';
  if (!/^NoNewPrivs:\t1$/m.test(status)) return 'it may gain privileges';
  // Its ids in each of the namespaces it is in, from here inwards.
  return /^NSpid:(?:\t\d+){2,}$/m.test(status) ? null : 'it is in no process namespace of its own';
}

/** Starts what a person would by a click. What it leaves running stays. */
export async function click([file, ...args]: Command): Promise<void> {
  const child = spawn(file, args, { stdio: 'ignore', detached: true });
  await once(child, 'spawn');
  child.unref();
}

export async function type(pid: number, text: string): Promise<void> {
  const [file, ...args] = TYPE[system()](pid, text);
  await run(file, args, { timeout: 10_000 });
}

export async function takePicture(path: string): Promise<void> {
  const [file, ...args] = PICTURE[system()](path);
  await run(file, args);
}

/** Asks a program to quit, as a system that shuts down does. */
export async function quit(pid: number): Promise<void> {
  if (system() !== 'win32') process.kill(pid, 'SIGTERM');
  else await run('taskkill', ['/PID', String(pid)]);
}

function system(): System {
  const { platform } = process;
  if (platform === 'linux' || platform === 'darwin' || platform === 'win32') return platform;
  throw new Error(`there are no installers for ${platform}`);
}

/** Null for a process that has ended. */
function readOrNull(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}
