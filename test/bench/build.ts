/** Compiles what is not TypeScript, into a folder that goes with the bench. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const GENERATOR = fileURLToPath(new URL('generator/', import.meta.url));
const FLOOR = fileURLToPath(new URL('peers/floor.c', import.meta.url));
const GORILLA = fileURLToPath(new URL('peers/gorilla-chat.go', import.meta.url));

/** Where Debian puts the sources of Go libraries. */
const GO_PATH = '/usr/share/gocode';

export interface Tools {
  readonly folder: string;
  readonly generator: string;
  readonly floor: string;
  /** Null where there is no Go or no golang-github-gorilla-websocket-dev. */
  readonly gorilla: string | null;
}

/** Throws an error with a sentence for a person when there is no C compiler, or it cannot do it. */
export function build(folder: string): Tools {
  if (process.platform !== 'linux') throw new Error('The bench needs Linux: epoll and /proc.');
  const sources = readdirSync(GENERATOR).filter((name) => name.endsWith('.c'));
  return {
    folder,
    // By their file names, because the headers and links of a -dev package may be missing.
    generator: compile(
      join(folder, 'generator'),
      sources.map((name) => join(GENERATOR, name)),
      ['-l:libssl.so.3', '-l:libcrypto.so.3'],
    ),
    floor: compile(join(folder, 'floor'), [FLOOR], []),
    gorilla: buildGorilla(join(folder, 'gorilla-chat')),
  };
}

function compile(output: string, sources: readonly string[], libraries: readonly string[]): string {
  const args = ['-std=gnu11', '-O2', '-o', output, ...sources, ...libraries];
  const { error, status, stderr } = spawnSync('cc', args, { encoding: 'utf8' });
  if (error) throw new Error('The bench needs a C compiler called cc: apt install gcc libc6-dev.');
  if (status !== 0) throw new Error(`The load generator does not compile:\n${stderr}`);
  return output;
}

function buildGorilla(output: string): string | null {
  if (!existsSync(join(GO_PATH, 'src/github.com/gorilla/websocket'))) return null;
  const env = { ...process.env, GO111MODULE: 'off', GOPATH: GO_PATH };
  const { error, status, stderr } = spawnSync('go', ['build', '-o', output, GORILLA], {
    env,
    encoding: 'utf8',
  });
  if (error) return null;
  if (status !== 0) throw new Error(`The chat in Go does not compile:\n${stderr}`);
  return output;
}
