/** electron-log, of which no more than one file is used: nothing goes to a console, a page or a server. */
import electronLog from 'electron-log/node';

/** The size in bytes past which the file becomes `….old.log`, in place of the one before. */
const MAX_BYTES = 1024 * 1024;

/** Writes one line at a time, at once, for the person's eyes alone; a line that cannot be written is lost. */
export function createFileLogger(path: string): (level: 'info' | 'error', line: string) => void {
  const logger = electronLog.create({ logId: path });
  const { console, file } = logger.transports;
  // What goes wrong with the file would be told there.
  console.writeFn = () => undefined;
  electronLog.transports.console.writeFn = () => undefined;
  file.setAppName('Lanyard');
  file.resolvePathFn = () => path;
  file.maxSize = MAX_BYTES;
  file.writeOptions = { flag: 'a', mode: 0o600, encoding: 'utf8' };
  file.format = '{iso} {level} {text}';
  return (level, line) => {
    logger.processMessage({ data: [line], date: new Date(), level }, { transports: ['file'] });
  };
}
