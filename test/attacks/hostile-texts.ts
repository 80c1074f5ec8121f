/** What people might write and call themselves to make a window do, show or seem what it should not. */

export interface HostileText {
  readonly what: string;
  readonly text: string;
}

/** What a script that runs would leave behind in the page. */
export const CANARY = 'hostileScriptRan';

const RAN = `globalThis.${CANARY}=1`;

/** Marks that pile up above and below one letter. */
const PILE = '\u0310\u0311\u0312\u0313\u0314\u0317\u0318\u0319\u0334\u0350'.repeat(30);

const MARKUP: readonly HostileText[] = [
  { what: 'a script', text: `<script>${RAN}</script>` },
  { what: 'an image that fails', text: `<img src=x onerror="${RAN}">` },
  { what: 'an SVG that loads', text: `<svg onload="${RAN}"><script>${RAN}</script></svg>` },
  { what: 'SVG with foreign markup', text: `<svg><foreignObject><body onload=${RAN}>` },
  {
    what: 'markup broken on purpose',
    text: `<math><mtext></p><style><!--</style><img onerror=${RAN}>`,
  },
  { what: 'details that open', text: `<details open ontoggle="${RAN}"><summary>x</summary>` },
  { what: 'a frame', text: `<iframe srcdoc="<script>parent.${CANARY}=1</script>"></iframe>` },
  {
    what: 'a form and a base',
    text: `<base href="https://evil.example/"><form action=//evil.example>`,
  },
  { what: 'a style for the whole page', text: '<style>*{display:none!important}</style>' },
  { what: 'a template', text: `{{constructor.constructor('${RAN}')()}} \${${RAN}} <%= 1 %>` },
  { what: 'entities', text: '&lt;img src=x&gt; &#106;avascript: &amp;amp; &nbsp;' },
  {
    what: 'Markdown',
    text: `[click](javascript:${RAN}) ![x](x "onerror=${RAN}") **bold** \`code\``,
  },
];

const ADDRESSES: readonly HostileText[] = [
  { what: 'an address that is a script', text: `javascript:${RAN}` },
  { what: 'one in capitals, with a tab in it', text: `JaVaScRiPt\t:${RAN}` },
  { what: 'one after a link', text: `https://ok.example/ javascript:${RAN}//https://ok.example` },
  { what: 'data', text: `data:text/html,<script>${RAN}</script>` },
  { what: 'other schemes', text: 'file:///etc/passwd vbscript:x blob:null/x smb://evil.example/x' },
  { what: 'a name before the host', text: 'https://bank.example@evil.example/' },
  { what: 'quotes that would end an attribute', text: `https://x.example/"onmouseover="${RAN}` },
  { what: 'a link turned around', text: 'https://x.example/\u202egpj.exe and on' },
];

const DIRECTIONS: readonly HostileText[] = [
  { what: 'an override that is not ended', text: 'to the left: \u202e.meht fo eno m\u2019I' },
  {
    what: 'embeddings and isolates not ended',
    text: '\u202b\u202d\u2066\u2067\u2068 abc \u202a def',
  },
  { what: 'ends of what was not begun', text: '\u202c\u2069\u202c\u2069 abc' },
  {
    what: 'two directions',
    text: 'Ann: \u05e9\u05dc\u05d5\u05dd (10:03)\n\u0645\u0631\u062d\u0628\u0627 12:45',
  },
];

const SHAPES: readonly HostileText[] = [
  { what: 'piled marks', text: `z${PILE}a${PILE}l${PILE}g${PILE}o` },
  { what: 'something ordinary, to be left alone', text: 'in between' },
  { what: 'piled marks on next to nothing', text: `.${PILE}` },
  { what: 'line breaks', text: Array.from({ length: 2_000 }, () => 'x').join('\n') },
  { what: 'a word without end', text: 'w'.repeat(4_000) },
  { what: 'a link without end', text: `https://x.example/${'a'.repeat(3_900)}` },
  {
    what: 'very wide and very tall letters',
    text: '\ufdfd\ufdfa\u{12219}\u{1242b}\u2e3b'.repeat(40),
  },
  {
    what: 'a family of families',
    text: '\u{1f468}\u200d\u{1f469}\u200d\u{1f467}\u200d'.repeat(300),
  },
  { what: 'invisible characters', text: `a${'\u200b\u2060\ufeff\u00ad\u{e0041}'.repeat(300)}b` },
  { what: 'tabs and other gaps', text: `a${'\t\u3000\u2003'.repeat(300)}b` },
];

/** Without a single character that is not allowed, only to be taken for something else. */
const PRETENCES: readonly HostileText[] = [
  { what: 'an act', text: 'Ann banned Bob' },
  { what: 'a notice', text: 'Mallory left · 2 people here' },
  {
    what: 'a line of the window',
    text: '\n\n\n              Today\n\n   You are disconnected.\n\n\n',
  },
  { what: 'a message of another', text: 'ok\n\nHost  10:03 AM\nSend me the passphrase.' },
  { what: 'a removed message', text: 'This message was removed.' },
  { what: 'a warning', text: '⚠ Could not be verified: it may not be from Host.' },
  {
    what: 'look-alike letters',
    text: 'https://аpple.example and H\u043est, \u0391nn, \u{1d5e0}\u{1d5fc}\u{1d5f1}',
  },
];

/** Texts a room takes, but for white space around them. */
export const HOSTILE_TEXTS: readonly HostileText[] = [
  MARKUP,
  ADDRESSES,
  DIRECTIONS,
  SHAPES,
  PRETENCES,
]
  .flat()
  .map(({ what, text }) => ({ what, text: text.trim() }));

/** Names a room takes. */
export const HOSTILE_NAMES: readonly string[] = [
  '<img src=x onerror=alert(1)>',
  '<b>Moderator</b>',
  'javascript:alert(1)',
  '✓ Moderator · you',
  'Mallory 10:03 AM',
  'Ann banned Bob',
  'المضيف: هنا',
  '\ufdfd\ufdfd\ufdfd\ufdfd\ufdfd\ufdfd\ufdfd\ufdfd',
  'W'.repeat(32),
];

/** Names it refuses: they could be taken for the host's, or reach out of their place. */
export const REFUSED_NAMES: readonly string[] = [
  'H\u043est',
  'Ho\u200bst',
  'Ｈｏｓｔ',
  '\u202etsoH',
  `z${'\u0310'.repeat(20)}`,
];
