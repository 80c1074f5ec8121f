import type { Strings } from './en.ts';
import { ZH_CN_SENTENCES } from '../../main/model/sentences-zh-cn.ts';
import { sentenceOf } from '../../main/model/sentence.ts';

const people = (count: number) => `${count} 人`;

/** Every word of the window in Simplified Chinese. */
export const zhCn: Strings = {
  locale: 'zh-CN',
  error: (problem) => sentenceOf(ZH_CN_SENTENCES, problem),

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
    earlier: '以前的房间',
    search: '搜索所有房间',
    unread: (count) => `${count} 条未读消息`,
    mentions: (count) => `${count} 条提到你`,
    people,
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
    locked: '已锁定',
    otherVersion: {
      older: '对方的 Lanyard 版本较旧，请主持人更新',
      newer: '需要更新版本的 Lanyard，请更新本应用',
    },
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
    prove: '输入口令',
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
    shareTexts: {
      open: '同一网络里的人会自动看到这个房间，其他人可以使用下面的方式：',
      passphrase:
        '同一网络里的人会自动看到这个房间。下面的方式可以找到它，但还需要口令或邀请才能进来：',
      invite: '下面的方式可以找到这个房间，但没有邀请就进不来。',
    },
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
    fates: {
      sending: '正在发送……',
      turn: '轮到你时会自动发出。',
      connection: '连接后会自动发出。',
    },
    cancel: '取消',
    refused: '没有发送。',
    retry: '重试',
    drop: '放弃',
    says: (name, text) => `${name}：${text}`,
    showAll: '显示全部',
    redacted: '此消息已被移除。',
    edited: '已编辑',
    pinned: '已置顶',
    unknown: (fallback) =>
      fallback === '' ? '这个版本的 Lanyard 无法显示此消息，更新后即可看到。' : fallback,
    answers: (name) => `回复 ${name}`,
    blank: '这条消息里没有看得见的内容。',
    more: '对这条消息的操作',
    remove: '移除消息……',
    doubt: (doubt, name) =>
      doubt === 'signature'
        ? `无法验证：可能不是 ${name} 发的。`
        : `${name} 之前的消息被再次发出，可能不是本人所为。`,
    written: (when) => `写于 ${when}`,
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
        return `连接已断开。${error({ code: what.reason })}`;
    }
  },

  act: {
    somebody: '某人',
    did: (act, who, whom, what) => {
      switch (act) {
        case 'remove':
          return `${who} 移出了 ${whom}`;
        case 'ban':
          return `${who} 封禁了 ${whom}`;
        case 'lift':
          return `${who} 解除了对 ${whom} 的封禁`;
        case 'mute':
          return `${who} 禁言了 ${whom}`;
        case 'unmute':
          return `${who} 解除了 ${whom} 的禁言`;
        case 'appoint':
          return `${who} 将 ${whom} 设为管理员`;
        case 'dismiss':
          return `${who} 将 ${whom} 恢复为普通成员`;
        case 'lock':
          return `${who} 锁定了房间：新的人无法进入`;
        case 'unlock':
          return `${who} 解除了房间锁定`;
        case 'slow':
          return what === ''
            ? `${who} 关闭了慢速模式`
            : `${who} 开启了慢速模式：每 ${what}一条消息`;
        case 'redact':
          return `${who} 移除了一条消息`;
        case 'access':
          return `${who} 修改了谁可以进来。${what}`;
        case 'topic':
          return what === '' ? `${who} 移除了话题` : `${who} 设置了话题：${what}`;
        case 'unknown':
          return `${who} 做了这个版本的 Lanyard 不认识的操作，更新后即可看到。`;
      }
    },
  },

  seconds: (seconds) => (seconds % 60 === 0 ? `${seconds / 60} 分钟` : `${seconds} 秒`),

  roles: { host: '主持人', moderator: '管理员' },

  member: {
    about: '关于此人',
    since: (when) => `${when} 进入`,
    gone: '现在不在这里',
    compare: '请对方口头念出这些词：如果相同，就是同一台设备。',
    acts: {
      mute: '禁言',
      unmute: '解除禁言',
      appoint: '设为管理员',
      dismiss: '取消管理员',
      remove: '移出',
      ban: '封禁……',
      lift: '解除封禁',
    },
  },

  ban: {
    title: (name) => `封禁 ${name}？`,
    text: '对方的设备会被移出，无论改成什么名字都不能再进来，直到解除封禁。房间里的每个人都会看到。',
    go: '封禁',
  },

  bans: {
    title: '被封禁的人',
    text: '他们的设备无法进入这个房间。',
    none: '没有人被封禁。',
    by: (who, when) => `由 ${who} 封禁 · ${when}`,
    lift: '解除封禁',
  },

  redact: {
    title: '移除这条消息？',
    text: '内容会对所有人删除。谁移除了消息会留在记录里。此操作无法撤销。',
    go: '移除',
  },

  care: {
    label: '管理房间',
    invite: '邀请……',
    lock: '锁定房间',
    unlock: '解除锁定',
    bans: '被封禁的人……',
    slow: '慢速模式',
    slowOff: '关闭',
  },

  signs: {
    label: '房间的准入方式',
    locked: '已锁定',
    lockedTitle: '已锁定：新的人无法进入',
    slow: (time) => `慢速：${time}`,
    slowTitle: (time) => `慢速模式：每 ${time}一条消息`,
  },

  composer: {
    label: (room) => `发送到 ${room} 的消息`,
    placeholder: (room) => `发消息到 ${room}`,
    ended: '重新加入后才能发言',
    closed: '重新打开后才能发言',
    muted: '你在这里被禁言，请联系主持人或管理员',
    slow: (time) => `慢速模式：每 ${time}一条消息`,
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
    muted: '已禁言',
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
    text: '它在这台电脑上运行，同一网络里的人会自动看到。',
    label: '房间名称',
    suggestion: (name) => `${name}的房间`,
    advanced: '高级',
    port: '端口',
    portHint: '留空则使用 47100 或下一个空闲端口。',
    go: '开始',
  },

  join: {
    title: '通过地址加入',
    text: '向主持人要地址，可以在“房间详情”里找到。',
    label: '地址或链接',
    placeholder: '192.168.1.20:47100 或 lanyard://…',
    linkTitle: '加入这个房间？',
    linkText: (place) => `你打开了一个房间链接，它指向 ${place}。请确认它来自你认识的人。`,
    inviteTitle: '你收到了邀请',
    inviteText: (place) => `你打开了一个房间的邀请，它指向 ${place}。请确认它来自你认识的人。`,
    invitation: '邀请链接',
    invitedTitle: (room) => `${room === '' ? '这个房间' : room} 仅限受邀者`,
    invitedText: '请向主持人要一个邀请，把链接粘贴到这里。',
    go: '加入',
  },

  access: {
    title: '谁可以进来',
    names: {
      open: '这个网络里的所有人',
      passphrase: '知道口令的人',
      invite: '仅限受邀者',
    },
    hints: {
      open: '点一下就能进来。',
      passphrase: '由你设定口令，再告诉想让进来的人。',
      invite: '由你发送链接，链接可以过期，也可以撤销。',
    },
    notes: {
      open: '这个网络里的所有人都可以进来。',
      passphrase: '知道口令的人可以进来。',
      invite: '只有受邀者可以进来。',
    },
    short: { open: '开放', passphrase: '需要口令', invite: '仅限受邀者' },
    change: '更改……',
    changeTitle: '谁可以进来？',
    changeText: '从现在起生效。已经获准进来的人不受影响，离开后也能再回来。',
    save: '保存',
  },

  passphrase: {
    title: (room) => `${room === '' ? '这个房间' : room} 需要口令`,
    text: '请向主持人询问。口令不会被发送出去，途中没有人能得知它。',
    label: '口令',
    show: '显示口令',
    suggest: '推荐一个',
  },

  invite: {
    open: '邀请……',
    title: (room) => `邀请加入 ${room}`,
    texts: {
      open: '别人可以用这个链接或二维码进来，即使房间没有自动出现。',
      passphrase: '有邀请的人不用口令就能进来。',
      invite: '新成员只有凭邀请才能进来。',
    },
    closed: '房间已关闭，重新打开后才能邀请别人。',
    code: '链接的二维码',
    lifetime: '有效期',
    lifetimes: { 'five-minutes': '5 分钟', day: '1 天', 'until-revoked': '直到我撤销' },
    howMany: '可用人数',
    uses: (most) => (most === null ? '不限人数' : `${most} 人`),
    create: '创建邀请',
    made: '新的邀请',
    once: '请现在就发送出去，这个链接不会再次显示。',
    invitation: '邀请链接',
    list: '邀请',
    valid: (until) => (until === null ? '撤销前一直有效' : `有效期至 ${until}`),
    states: { expired: '已过期', 'used-up': '已用完', revoked: '已撤销' },
    used: (uses, most) => (most === null ? `已使用 ${uses} 次` : `已使用 ${uses}/${most} 次`),
    madeAt: (moment) => `创建于 ${moment}`,
    revoke: '撤销',
    revokeOf: (made) => `撤销${made}的邀请`,
  },

  identity: {
    title: '关于你',
    text: '这个图案和六个英文单词代表这台设备，别人在你的名字旁看到的也一样。互相读一遍这些单词，就能确认没有人冒充你。',
    words: '密钥的单词',
  },

  hostChanged: {
    title: '这可能不是你认识的那个房间',
    short: '另一台设备正代替这个房间回应。',
    text: '另一台设备正代替它回应，但那不是主持人的设备。也许这个地址现在属于另一个房间，也许有人冒充主持人，想读到你写的内容。没有任何内容发送给这台设备。',
    remembered: '你认识的主持人',
    answered: '现在回应的设备',
    advice: '请当面或打电话问主持人房间现在在哪里。换了电脑，就是一个新的房间。',
    stay: '不加入',
    compare: '比较密钥',
  },

  plain: {
    title: '这个房间没有加密。',
    text: '途中的任何人都能读取并篡改这里的内容。',
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
  removed: '被移出',
  banned: '被封禁',
  'too-slow': '因连接太慢被断开',
  flooding: '因一次发送太多被移出',
};
