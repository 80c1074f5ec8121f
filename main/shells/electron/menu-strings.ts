/** The words of the application menu and of what comes before the page, which has catalogues of its own. */
import type { Language } from '../../model/settings.ts';

const en = {
  about: 'About Lanyard',
  settings: 'Settings…',
  services: 'Services',
  hide: 'Hide Lanyard',
  hideOthers: 'Hide Others',
  showAll: 'Show All',
  quit: 'Quit Lanyard',
  rooms: 'Rooms',
  host: 'Host a Room…',
  join: 'Join by Address…',
  rename: 'Change Your Name…',
  nextRoom: 'Next Room',
  previousRoom: 'Previous Room',
  edit: 'Edit',
  undo: 'Undo',
  redo: 'Redo',
  cut: 'Cut',
  copy: 'Copy',
  paste: 'Paste',
  selectAll: 'Select All',
  copyLink: 'Copy Link',
  view: 'View',
  actualSize: 'Actual Size',
  zoomIn: 'Zoom In',
  zoomOut: 'Zoom Out',
  fullScreen: 'Full Screen',
  developerTools: 'Developer Tools',
  window: 'Window',
  minimize: 'Minimize',
  zoom: 'Zoom',
  close: 'Close Window',
  bringAllToFront: 'Bring All to Front',
  help: 'Help',
  lockedTitle: 'Your keyring is locked',
  lockedText:
    'The key of this device lies in your system’s keyring. Unlock it to be yourself in your rooms; the system asks for your password.',
  unlock: 'Unlock…',
};

export type MenuStrings = typeof en;

const zhCN: MenuStrings = {
  about: '关于 Lanyard',
  settings: '设置…',
  services: '服务',
  hide: '隐藏 Lanyard',
  hideOthers: '隐藏其他',
  showAll: '全部显示',
  quit: '退出 Lanyard',
  rooms: '房间',
  host: '创建房间…',
  join: '通过地址加入…',
  rename: '更改你的名字…',
  nextRoom: '下一个房间',
  previousRoom: '上一个房间',
  edit: '编辑',
  undo: '撤销',
  redo: '重做',
  cut: '剪切',
  copy: '复制',
  paste: '粘贴',
  selectAll: '全选',
  copyLink: '复制链接',
  view: '显示',
  actualSize: '实际大小',
  zoomIn: '放大',
  zoomOut: '缩小',
  fullScreen: '全屏',
  developerTools: '开发者工具',
  window: '窗口',
  minimize: '最小化',
  zoom: '缩放',
  close: '关闭窗口',
  bringAllToFront: '前置全部窗口',
  help: '帮助',
  lockedTitle: '密钥环已锁定',
  lockedText:
    '此设备的密钥保存在系统密钥环中。请解锁，以便在您的房间中继续使用原来的身份；系统会要求输入密码。',
  unlock: '解锁…',
};

/** The words for the chosen language; `system` follows the system's locale (BCP 47). */
export function menuStrings(language: Language, locale: string): MenuStrings {
  const chosen = language === 'system' ? locale : language;
  return /^zh\b/i.test(chosen) ? zhCN : en;
}
