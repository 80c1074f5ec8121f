/** The window's icons: 20 units square, drawn with one stroke in the colour of the text. */
import { svg } from './svg.ts';

const PATHS = {
  plus: 'M10 4v12M4 10h12',
  link: 'M8.5 11.5l3-3M7 9l-1.8 1.8a2.8 2.8 0 0 0 4 4L11 13M9 7l1.8-1.8a2.8 2.8 0 0 1 4 4L13 11',
  people:
    'M7.5 9.5a2.75 2.75 0 1 0 0-5.5 2.75 2.75 0 0 0 0 5.5M2.5 16c.4-2.7 2.4-4.2 5-4.2s4.6 1.5 5 4.2M13.2 4.3a2.75 2.75 0 0 1 0 5M14.7 12.2c1.6.5 2.6 1.8 2.9 3.8',
  settings:
    'M3.5 6h7M14.5 6h2M3.5 14h2M9.5 14h7M12.5 8.2a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4M7.5 16.2a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4',
  share:
    'M10 12.5V3.5M6.5 6.5L10 3l3.5 3.5M4 11v4.5A1.5 1.5 0 0 0 5.5 17h9a1.5 1.5 0 0 0 1.5-1.5V11',
  leave: 'M8 4H5.5A1.5 1.5 0 0 0 4 5.5v9A1.5 1.5 0 0 0 5.5 16H8M12.5 6.5L16 10l-3.5 3.5M16 10H8.5',
  stop: 'M10 3.5V9M6.2 5.7a6 6 0 1 0 7.6 0',
  edit: 'M4 16l.7-3.2 8.3-8.3a1.6 1.6 0 0 1 2.3 0l.2.2a1.6 1.6 0 0 1 0 2.3l-8.3 8.3z',
  send: 'M10 16V4.5M5 9.5l5-5 5 5',
  back: 'M12 4.5L6.5 10l5.5 5.5',
  search: 'M9 14.5a5.5 5.5 0 1 0 0-11 5.5 5.5 0 0 0 0 11M13 13l4 4',
  forget:
    'M4 6h12M8 6V4.5A1 1 0 0 1 9 3.5h2a1 1 0 0 1 1 1V6M5.5 6l.7 9.1a1.5 1.5 0 0 0 1.5 1.4h4.6a1.5 1.5 0 0 0 1.5-1.4L14.5 6M8.5 9.5v4M11.5 9.5v4',
  close: 'M5 5l10 10M15 5L5 15',
  down: 'M10 4v11.5M5 10.5l5 5 5-5',
  lock: 'M6 9h8a1 1 0 0 1 1 1v5a1 1 0 0 1-1 1H6a1 1 0 0 1-1-1v-5a1 1 0 0 1 1-1M7 9V6.8a3 3 0 0 1 6 0V9',
  forward: 'M8 4.5l5.5 5.5L8 15.5',
  key: 'M7 16.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7M9.5 10.5L16.5 3.5M13.5 6.5l2.5 2.5',
  ticket:
    'M3.5 6h13v2.3a1.8 1.8 0 0 0 0 3.4V14h-13v-2.3a1.8 1.8 0 0 0 0-3.4zM12 6.2v1.3M12 9.3v1.4M12 12.5v1.3',
  eye: 'M2.5 10c1.8-3.3 4.3-5 7.5-5s5.7 1.7 7.5 5c-1.8 3.3-4.3 5-7.5 5s-5.7-1.7-7.5-5M10 12.3a2.3 2.3 0 1 0 0-4.6 2.3 2.3 0 0 0 0 4.6',
  more: 'M4.6 10a.6.6 0 1 0 1.2 0a.6.6 0 1 0-1.2 0M9.4 10a.6.6 0 1 0 1.2 0a.6.6 0 1 0-1.2 0M14.2 10a.6.6 0 1 0 1.2 0a.6.6 0 1 0-1.2 0',
  unlock:
    'M6 9h8a1 1 0 0 1 1 1v5a1 1 0 0 1-1 1H6a1 1 0 0 1-1-1v-5a1 1 0 0 1 1-1M7 9V6.8a3 3 0 0 1 5.7-1.3',
  clock: 'M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14M10 6.3V10l2.5 1.8',
  mute: 'M8.5 5h7.5v8h-2M11.5 13H9.5l-3.5 3v-3H4V5.5M3 3l14 14',
  unmute: 'M4 5h12v8H9.5l-3.5 3v-3H4zM7.5 9h5',
  ban: 'M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14M5.1 5.1l9.8 9.8',
  shield: 'M10 3l6 2.2v4.3c0 3.8-2.4 6.2-6 7.5-3.6-1.3-6-3.7-6-7.5V5.2z',
  check: 'M4.5 10.5l3.8 3.8 7.2-8.2',
  warning: 'M10 3.5l7 12.5H3zM10 8v3.8M10 13.8h.01',
};

export type IconName = keyof typeof PATHS;

/** An icon that says nothing to a screen reader; what it stands in must have a name. */
export function icon(name: IconName): SVGElement {
  const element = svg('svg', { viewBox: '0 0 20 20', class: 'icon', 'aria-hidden': 'true' });
  element.append(svg('path', { d: PATHS[name] }));
  return element;
}
