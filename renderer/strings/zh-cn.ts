import type { Strings } from './en.ts';
import { wordsFor } from './en.ts';
import { zhCnErrors } from './zh-cn-errors.ts';

const people = (count: number) => `${count} 人`;

/** Every word of the window in Simplified Chinese. */
export const zhCn: Strings = {
  locale: 'zh-CN',
  errors: zhCnErrors,
  error: (code, sentence) => wordsFor(zhCnErrors, code) ?? sentence,

  app: {
    rooms: '房间',
    conversation: '对话',
    dismiss: '知道了',
    cancel: '取消',
    close: '关闭',
    back: '返回',
    title: (unread, room) =>
      `${unread > 0 ? `(${unread}) ` : ''}${room === null ? '' : `${room} · `}Lanyard`,
  },

  shell: {
    reconnecting: '与本机的 Lanyard 失去联系，正在重新连接……',
    stopped: 'Lanyard 已停止。请重新启动，它会打开新的页面。',
  },

  welcome: {
    hello: '你好，我叫',
    placeholder: '你的名字',
    label: '你的名字',
    hint: '房间里的人会看到这个名字，随时可以修改。',
    go: '进入',
    promise: '无需账号，无需互联网，只有你身边网络里的人。',
  },

  sidebar: {
    yours: '我的房间',
    nearby: '附近',
    looking: '正在寻找……',
    none: '你主持或加入的房间会出现在这里。',
    overview: '附近的房间',
    host: '开一个房间',
    join: '通过地址加入',
    settings: '设置',
    hosted: '你主持的房间',
    unread: (count) => `${count} 条未读消息`,
    mentions: (count) => `${count} 条提到你`,
    people,
    locked: '已锁定',
    joinRoom: (room) => `加入${room}`,
  },

  home: {
    greeting: (name) => `你好，${name}`,
    nearby: (count) => `你的网络里有 ${count} 个房间。`,
    joined: '网络里的房间你都已经在了。',
    empty: '附近还没有人开房间。',
    invite: '来做第一个吧：开一个房间，同一网络里的人马上就能看到。',
    looking: '正在这个网络里寻找',
    hostTitle: '开一个房间',
    hostText: '它在这台电脑上运行，附近的人都可以进来。',
    joinTitle: '通过地址加入',
    joinText: '适用于没有自动出现在这里的房间。',
    join: '加入',
    locked: '这个房间现在不接受新成员。',
    incompatible: '需要更新的 Lanyard',
  },

  status: {
    connecting: '正在连接……',
    here: people,
    hosting: (count) => `你主持 · ${people(count)}`,
    waiting: (seconds) => `${seconds} 秒后重试`,
    waitingNow: '正在重试……',
    now: '立即重试',
    ended: '未连接',
    rejoin: '重新加入',
  },

  room: {
    people: '成员',
    details: '房间详情与分享',
    leave: '离开房间',
    stop: '关闭房间',
    shareTitle: '邀请别人',
    shareText: '同一网络里的人会自动看到这个房间，其他人可以使用下面的方式：',
    link: '链接',
    address: '地址',
    copy: '复制',
    copied: '已复制',
    copyOf: (what) => `复制 ${what}`,
    port: (port) => `这个房间监听端口 ${port}。`,
    idleTitle: '移出沉默的人',
    idleText: '超过这段时间没有发言的人会被移出，并得知原因。',
    idleNever: '从不',
    idleMinutes: (minutes) => `${minutes} 分钟后`,
    idleHours: (hours) => `${hours} 小时后`,
    idleNote: (minutes) => `${minutes} 分钟没有发言的人会被移出。`,
    hostedBy: (name) => `${name} 主持这个房间。`,
    hostUnknown: '主持人现在不在。',
  },

  log: {
    label: (room) => `${room} 的消息`,
    emptyTitle: '还没有人说话',
    emptyAlone: '你是第一个到的。说点什么，或者告诉别人你在哪里。',
    emptyTogether: '打个招呼吧，这里的人都会看到。',
    share: '分享这个房间',
    today: '今天',
    yesterday: '昨天',
    unreadFrom: '新消息',
    newMessages: (count) => `${count} 条新消息`,
    toNewest: '回到最新消息',
    loading: '正在读取更早的消息……',
    beginning: '对话从这里开始。',
    sending: '正在发送……',
    refused: '没有发送。',
    retry: '重试',
    drop: '放弃',
    host: '主持人',
    says: (name, text) => `${name}：${text}`,
  },

  notice: (what, error) => {
    switch (what.kind) {
      case 'joined':
        return `${what.name} 进来了 · 现有 ${people(what.count)}`;
      case 'left':
        return `${what.name} ${zhCnLeft[what.reason]} · 现有 ${people(what.count)}`;
      case 'renamed':
        return `${what.before} 改名为 ${what.name} · 现有 ${people(what.count)}`;
      case 'connected':
        return `已连接 · 现有 ${people(what.count)}`;
      case 'disconnected':
        return `连接已断开。${error(what.reason)}`;
    }
  },

  composer: {
    label: (room) => `发送到 ${room} 的消息`,
    placeholder: (room) => `发消息到 ${room}`,
    ended: '你已不在这个房间',
    send: '发送',
    left: (count) => `还可以输入 ${count} 个字符`,
    over: (count, max) => `超出 ${count} 个字符：一条消息最多 ${max} 个字符，请缩短或分几条发送。`,
    who: (names) => `现有 ${people(names.length)}：${names.join('、')}`,
    typing: (names) => {
      const [one = '', two = ''] = names;
      if (names.length === 1) return `${one} 正在输入`;
      return names.length === 2 ? `${one} 和 ${two} 正在输入` : '好几个人正在输入';
    },
  },

  roster: {
    title: '成员',
    you: '我',
    host: '主持人',
    away: '离开',
    rename: '修改名字',
    close: '关闭成员列表',
  },

  rename: {
    title: '修改名字',
    text: '房间里的每个人都会看到。之前的消息仍保留原来的名字。',
    label: '你在这个房间的名字',
    save: '修改',
  },

  host: {
    title: '开一个房间',
    text: '同一网络里的人马上就能看到，也可以进来。',
    label: '房间名称',
    suggestion: (name) => `${name}的房间`,
    advanced: '高级',
    port: '端口',
    portHint: '留空则使用 47100 或下一个空闲端口。',
    portWrong: '端口是 1 到 65535 之间的整数，请重新输入，或者留空。',
    go: '开始',
  },

  join: {
    title: '通过地址加入',
    text: '向主持人要地址，可以在“房间详情”里找到。',
    label: '地址或链接',
    placeholder: '192.168.1.20:47100 或 lanyard://…',
    linkTitle: '加入这个房间？',
    linkText: '你打开了一个房间链接，请确认它来自你认识的人。',
    go: '加入',
  },

  leave: {
    title: (room) => `离开 ${room}？`,
    text: '只要主持人没有关闭，你随时可以回来。',
    go: '离开',
    stopTitle: (room) => `关闭 ${room}？`,
    stopText: (others) => `里面还有 ${others} 个人，房间会对所有人关闭。`,
    stop: '关闭房间',
    stay: '留下',
  },

  settings: {
    title: '设置',
    name: '你的名字',
    nameHint: '用于之后主持或加入的房间。',
    saveName: '保存',
    saved: '已保存',
    language: '语言',
    theme: '外观',
    notifications: 'Lanyard 在后台时的通知',
    languages: { system: '跟随系统', en: 'English', 'zh-CN': '简体中文' },
    themes: { system: '跟随系统', light: '浅色', dark: '深色' },
    levels: { off: '关闭', mentions: '提到我时', all: '每条消息' },
    allow: '允许此浏览器显示通知',
    blocked: '浏览器不允许此页面发送通知，请在网站设置里允许。',
    version: (version) => `Lanyard ${version}`,
  },
};

const zhCnLeft = {
  left: '离开了',
  lost: '失去了连接',
  idle: '因长时间没有发言被移出',
  removed: '被主持人移出',
  'too-slow': '因连接太慢被断开',
  flooding: '因一次发送太多被移出',
};
