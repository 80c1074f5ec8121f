/** The control file of a deb, by Debian policy 5.3 and 5.6. */

export interface DebFields {
  readonly package: string;
  readonly version: string;
  readonly architecture: string;
  /** `Name <address>` */
  readonly maintainer: string;
  /** KiB */
  readonly installedSize: number;
  /** Each is a package, or several with ` | ` between them. */
  readonly depends: readonly string[];
  readonly recommends: readonly string[];
  readonly section: string;
  readonly priority: string;
  readonly homepage: string;
  /** The first line is the synopsis. */
  readonly description: string;
}

const NAME = '[a-z0-9][a-z0-9+.-]+';
const VERSION = String.raw`(?:\d+:)?\d[A-Za-z0-9.+~-]*`;
const ONE_OF = String.raw`${NAME}(?: \((?:<<|<=|=|>=|>>) ${VERSION}\))?`;

const NAME_ALONE = new RegExp(`^${NAME}$`);
const VERSION_ALONE = new RegExp(`^${VERSION}$`);
const RELATION = new RegExp(String.raw`^${ONE_OF}(?: \| ${ONE_OF})*$`);

const PRINTABLE = /^\P{Cc}+$/u;

/** Columns of a description's line, behind the space it begins with. */
const WIDTH = 79;
const AS_WIDE_AS_FITS = new RegExp(String.raw`\S(?:.{0,${WIDTH - 2}}\S)?(?!\S)|\S+`, 'gu');

/** The file's text. Throws, naming the field, where a value is not what dpkg would read it as. */
export function debControl(fields: DebFields): string {
  const lines = [
    line('Package', fields.package, NAME_ALONE),
    line('Version', fields.version, VERSION_ALONE),
    line('Architecture', fields.architecture, /^[a-z0-9-]+$/),
    line('Maintainer', fields.maintainer, /^[^<>\p{Cc}]+ <[^<>\s]+>$/u),
    line('Installed-Size', String(fields.installedSize), /^\d+$/),
    ...relation('Depends', fields.depends),
    ...relation('Recommends', fields.recommends),
    line('Section', fields.section, /^[a-z0-9-]+(?:\/[a-z0-9-]+)?$/),
    line('Priority', fields.priority, /^[a-z]+$/),
    line('Homepage', fields.homepage, /^https?:\/\/[^\s\p{Cc}]+$/u),
    ...description(fields.description),
  ];
  return `${lines.join('\n')}\n`;
}

function line(field: string, value: string, shape: RegExp): string {
  return `${field}: ${checked(field, value, shape)}`;
}

function checked(field: string, value: string, shape: RegExp): string {
  if (shape.test(value)) return value;
  throw new Error(`${field} cannot be ${JSON.stringify(value)}.`);
}

function relation(field: string, packages: readonly string[]): string[] {
  if (packages.length === 0) return [];
  return [`${field}: ${packages.map((each) => checked(field, each, RELATION)).join(', ')}`];
}

/** Behind the synopsis wrapped lines, each begun with a space; a dot alone is a blank one. */
function description(text: string): string[] {
  const [synopsis = '', ...rest] = text.trim().split(/\s*?\n/);
  const lines = rest
    .flatMap((each) => each.match(AS_WIDE_AS_FITS) ?? '.')
    .filter((each, index, all) => each !== '.' || all[index - 1] !== '.');
  return [
    line('Description', synopsis.trim(), PRINTABLE),
    ...lines.map((each) => ` ${checked('Description', each, PRINTABLE)}`),
  ];
}
