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
    earlier: '以前的房间',
    search: '搜索所有房间',
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
    reopen: '重新打开',
    left: '你已离开',
    closed: '已关闭',
    youClosed: '你关闭了这个房间。',
  },

  room: {
    people: '成员',
    details: '房间详情与分享',
    search: '在这个房间里搜索',
    leave: '离开房间',
    stop: '关闭房间',
    forget: '忘记这个房间',
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
    remembersTitle: '房间保留消息的时间',
    remembersChoice: (days) => {
      if (days === null) return '永久保留全部消息';
      return days === 0 ? '不保留' : `${days} 天`;
    },
    remembers: (days) => {
      if (days === null) return '这个房间会保留所有消息。';
      if (days === 0) return '这个房间不保留消息，只有在场的人能看到。';
      return `这个房间会删除超过 ${days} 天的消息。`;
    },
    forgetting: (days) =>
      days === 0
        ? '到现在为止的所有消息都会被删除，包括之后连接的每一份副本。'
        : `超过 ${days} 天的消息都会被删除，包括之后连接的每一份副本。`,
    forgetOlder: '删除',
    clear: '清空历史记录……',
    exportTitle: '保存副本',
    exportText: '把这台电脑上保存的对话存为文件。',
    exportFormats: { text: '纯文本', html: '网页', jsonl: 'JSON Lines' },
  },

  log: {
    label: (room) => `${room} 的消息`,
    emptyTitle: '还没有人说话',
    emptyAlone: '你是第一个到的。说点什么，或者告诉别人你在哪里。',
    emptyEarlier: '这个房间没有保存任何内容',
    emptyTogether: '打个招呼吧，这里的人都会看到。',
    share: '分享这个房间',
    today: '今天',
    yesterday: '昨天',
    unreadFrom: '新消息',
    newMessages: (count) => `${count} 条新消息`,
    toNewest: '回到最新消息',
    loading: '正在读取更早的消息……',
    beginning: '对话从这里开始。',
    notKept: '更早的消息没有保存在这里。',
    goingBack: '正在回到这条消息……',
    sending: '正在发送……',
    waiting: '连接后会自动发出。',
    cancel: '取消',
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
    ended: '重新加入后才能发言',
    closed: '重新打开后才能发言',
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
    text: '只要主持人没有关闭，你随时可以回来；聊天记录仍可在这里阅读。',
    go: '离开',
    stopTitle: (room) => `关闭 ${room}？`,
    stopText: (others) => `里面还有 ${others} 个人，房间会对所有人关闭。`,
    stop: '关闭房间',
    stay: '留下',
  },

  forget: {
    title: (room) => `忘记 ${room}？`,
    text: '这台电脑上的对话副本会被删除，其他人的副本不受影响。',
    ownText: '这是你的房间：其中的所有消息会从这台电脑上删除，也无法再次打开。',
    go: '忘记',
  },

  clear: {
    title: (room) => `清空 ${room} 的历史记录？`,
    text: '到现在为止的所有消息都会被删除：包括这里、房间里的每个人，以及之后连接的每一份副本。此操作无法撤销。',
    go: '清空历史记录',
  },

  search: {
    title: '搜索',
    label: '搜索内容',
    placeholder: '词语或词语的开头',
    scope: '搜索范围',
    here: '这个房间',
    everywhere: '所有房间',
    results: '找到的消息',
    found: (count, more) => {
      if (count === 0) return '没有找到。请减少或缩短搜索的词语。';
      return more ? `最新的 ${count} 条匹配消息` : `${count} 条消息`;
    },
    more: '更多',
    close: '关闭搜索',
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
