import type { Sentences } from './error-codes.ts';

/** What went wrong, in Simplified Chinese: what happened and what to do next. */
export const ZH_CN_SENTENCES: Sentences = {
  plain: {
    'name-empty': '名字至少要有一个看得见的字符，请重新输入。',
    'name-too-long': '名字最多 32 个字符，请换一个短一些的。',
    'name-not-allowed':
      '名字里不能有看不见的字符，一个字母上也不能叠加四个以上的附加符号，请去掉后再试。',
    'name-taken': '房间里已经有人用这个名字了，请换一个。',
    'idle-minutes-range': '请选择 1 分钟到 24 小时（1 到 1440 分钟）的沉默时间。',
    'no-name': '请先填写你的名字，可在“设置”里修改。',
    'text-empty': '没有可发送的内容，请先输入消息。',
    'text-too-long': '一条消息最多 4000 个字符，请缩短或分几条发送。',
    'room-name-empty': '房间名称至少要有一个看得见的字符。',
    'room-name-too-long': '房间名称最多 200 个字符，请换一个短一些的。',
    'room-name-not-allowed':
      '名称里不能有看不见的字符，一个字母上也不能叠加四个以上的附加符号，请去掉后再试。',
    'address-invalid':
      '这不是有效的地址。可以输入 192.168.1.20 或 192.168.1.20:47100，或粘贴完整的 lanyard:// 链接。',
    'not-kept': '主持人的电脑没能保存这条消息，磁盘可能已满。请告诉主持人，然后重新发送。',
    'slow-down': '一次发送得太多了，请慢一点，你写的内容稍后会发出。',
    'passphrase-empty': '口令至少要有一个字符，请重新输入。',
    'passphrase-too-long': '口令最多 128 个字符，请换一个短一些的。',
    'text-not-normal': '这条消息里有房间不接受的空格或换行，请重新输入，或更新 Lanyard。',
    'slow-mode': '房间处于慢速模式，轮到你时会自动发出。',
    muted: '你在这个房间被禁言了，请联系主持人或管理员。',
    'not-allowed': '只有管理这个房间的人可以这样做，请联系主持人。',
    'set-by-host': '这是主持人的决定，只有主持人能撤销，请联系主持人。',
    'no-such-member': '房间里找不到这个人，请再看一下成员列表。',
    'no-such-invite': '这个邀请已经不在了，请再看一下列表。',
    'no-such-entry': '房间里已经没有这条消息了。',
    'no-such-conversation': '房间里没有这个对话。请双方都更新 Lanyard，然后重试。',
    'passphrase-needed': '这个房间需要口令，请向主持人询问后输入。',
    'passphrase-wrong': '这不是这个房间的口令，请检查后重试。',
    'too-many-guesses': '输错口令的次数太多，请过一会儿再试。',
    'invite-needed': '这个房间仅限受邀者，请向主持人要一个邀请链接。',
    'invite-invalid': '这不是这个房间的邀请。请确认复制了完整的链接，或要一个新的。',
    'invite-expired': '这个邀请已过期，请要一个新的。',
    'invite-used-up': '这个邀请的使用次数已用完，请要一个新的。',
    'invite-revoked': '这个邀请已被撤销，请要一个新的。',
    'room-locked': '房间已锁定，不接受新成员。请联系主持人解锁。',
    banned: '你已被这个房间封禁，请联系主持人解除。',
    'not-admitted': '房间没有让你进来，请联系主持人。',
    'key-not-proven': '本应用无法证明自己的身份。请检查它与房间之间的网络设备，然后重试。',
    'host-key-changed': '另一台设备正代替这个房间的主持人回应，请先比较密钥再加入。',
    'wrong-host':
      '回应的设备不是这个链接所指的那一台，因此没有向它发送任何内容。请向给你链接的人要一个新的。',
    'host-not-proven':
      '回应的一方自己并不知道口令，可能有人冒充这个房间。请先问过主持人，再重新尝试。',
    'log-forged': '主持人给出的房间历史与其此前担保的不一致。请先当面问过主持人，再信任这个房间。',
    'certificate-untrusted':
      '这台设备不信任该地址的证书。请去掉地址开头的 wss:// 再试，或询问管理该地址的人。',
    'certificate-refused': '房间和这台设备无法建立安全连接，请双方都更新 Lanyard。',
    unreachable: '无法连接到房间，请确认你们在同一个网络里。',
    'refused-connection': '这个地址没有回应。请检查端口，并询问主持人房间是否还开着。',
    'address-not-found': '网络里找不到这个名称的电脑，请检查地址。',
    'timed-out': '房间没有及时回应，请检查地址以及双方的防火墙。',
    'not-a-room': '这个地址有回应，但不是 Lanyard 房间，请检查端口。',
    'wrong-room': '这个地址现在是另一个房间，请在“附近”里寻找你的房间。',
    'connection-lost': '连接断开了。',
    'too-many-connections': '房间的连接数已满，请稍后再试。',
    'hub-failed': '房间出现了意外错误，请稍后再试，或重新打开房间。',
    'room-gone': '这个房间已经不在了，请主持人重新打开。',
    'room-full': '房间已满，等有人离开后再试。',
    left: '你已离开房间。',
    'room-closed': '主持人关闭了房间。',
    idle: '你很久没有发言，已被移出房间。重新加入即可回来。',
    removed: '你被主持人或管理员移出了房间。',
    'taken-over': '你在另一个窗口加入了这个房间，这里已由它接替。',
    'too-slow': '连接太慢，跟不上房间的消息，稍后会再试。',
    flooding: '你一次发送得太多，已被移出房间。请慢一点再加入。',
    'hello-timeout': '加入房间用时过长，网络可能较慢，请重试。',
    'bad-name': '房间不接受你的名字，请换一个再加入。',
    'bad-message': '房间收到了无法识别的内容，请双方都更新 Lanyard。',
    'unknown-type': '房间不认识这种消息，请主持人更新 Lanyard。',
    'hello-first': '连接的开头不正确，请双方都更新 Lanyard。',
    'hello-twice': '连接的开头不正确，请双方都更新 Lanyard。',
    'version-unsupported': '本应用和房间使用的 Lanyard 协议版本不同，请双方都更新 Lanyard。',
    'not-host': '只有房间的主持人可以更改，请联系主持人。',
    'bad-arguments': 'Lanyard 无法识别这个请求，请重新载入窗口。',
    'unknown-call': 'Lanyard 不认识这个请求，请重新载入窗口。',
    'not-here': '你现在没有连接到房间，等连接恢复后再试。',
    'too-many-calls': '这个窗口一次请求得太多了，请稍等片刻再试。',
    'storage-full': '磁盘已满，请腾出一些空间再试。',
    'hub-restarted':
      '你主持的一个房间出现了意外错误，Lanyard 已把它重新打开。大家会自动回来，说过的话都还在。',
    'hub-gone':
      '你主持的一个房间出现了意外错误，Lanyard 无法把它重新打开。请自己打开它；如果不行，请重新启动 Lanyard。',
    'unexpected-error': 'Lanyard 出现了意外错误。如果有什么不对劲，请退出后重新启动。',
    'shell-lost': '本机的 Lanyard 没有回应。内容没有发送，请稍后再试。',
    'port-wrong': '端口是 1 到 65535 之间的整数，请重新输入，或者留空。',
    'address-not-here': '这台设备没有这个地址，请用 --listen 选择它自己的地址。',
    'copy-damaged': '这个房间保存的内容有一部分无法读取，请忘记这个房间后重新加入。',
    'data-dir-unnamed': '--data-dir 后面需要一个文件夹，请写上它的名称。',
    'identity-stayed-locked': '密钥环仍处于锁定状态。请先解锁，然后重新启动 Lanyard。',
    'too-many-errors': '一分钟内出现的错误太多，Lanyard 已退出。说过的话都还在，请重新启动。',
    'name-needed': '请说明是谁：在命令后面输入名字。',
    'no-rooms': '没有找到房间。请给出地址：lanyard chat HOST:PORT。',
    'address-needed': '这里没有人可以选择。请给出其中一个地址：lanyard chat HOST:PORT。',
    'no-room-chosen': '没有选择房间。请重新启动并输入编号，或给出地址：lanyard chat HOST:PORT。',
    'passphrase-not-given': '这个房间需要口令，请向主持人询问；脚本可用 --passphrase-file 提供。',
    'input-not-text': '有一行不是 UTF-8 文本，已略过。请以 UTF-8 编码输入。',
  },
  detailed: {
    'port-in-use': ({ port }) => `端口 ${port} 正被其他程序使用，请换一个，或留空自动选择。`,
    'port-not-allowed': ({ port }) =>
      `这台设备不允许 Lanyard 使用端口 ${port}，请选择 1023 以上的端口，或留空自动选择。`,
    'identity-new': ({ file }) =>
      `无法读取这台设备的密钥，已换成新的。对别人来说你是一个新人；旧文件保留为 ${file}。`,
    'identity-locked': ({ file }) =>
      `这台设备的密钥 ${file} 受桌面应用保护。请使用桌面应用，或用 --data-dir 换一个文件夹。`,
    'identity-exposed': ({ file }) =>
      `这台电脑上的其他人可能读取这台设备的密钥并冒充你，Lanyard 无法更改。请把 ${file} 设为只有你能读取。`,
    'identity-unwrapped': ({ file }) =>
      `系统的密钥库无法保护这台设备的密钥。它保存在只有你能读取的 ${file} 里，Lanyard 下次启动时会再试。`,
    'settings-unreadable': ({ file }) =>
      `无法读取你的设置，Lanyard 已使用新的设置启动，旧文件保留为 ${file}。`,
    'data-dir-unwritable': ({ place }) =>
      `Lanyard 无法写入 ${place}，退出后不会记住新的内容。请用 --data-dir 换一个文件夹。`,
    'data-dir-invalid': ({ folder }) =>
      `“${folder}”不能作为文件夹：名称太长，或含有不允许的字符。请用 --data-dir 换一个。`,
    'data-dir-in-use': ({ folder, holder }) =>
      `${holderOf(holder).who}正在使用 ${folder}。${holderOf(holder).advice}，或用 --data-dir 换一个文件夹。`,
    'database-damaged': ({ folder, keptAs }) =>
      keptAs === null
        ? `无法读取 ${folder} 里保存的消息。请用这个文件夹启动 Lanyard：它会保留损坏的文件，并使用新的文件。`
        : `无法读取本机保存的消息。损坏的文件保留为 ${keptAs}，Lanyard 已使用新的文件启动。`,
    'database-newer': ({ folder }) =>
      `${folder} 里的消息由更新版本的 Lanyard 保存。请更新本版本，或用 --data-dir 换一个文件夹。`,
    'nothing-kept': ({ folder }) => `${folder} 里没有保存任何内容，请用 --data-dir 指明位置。`,
    'storage-failed': ({ place }) => `Lanyard 无法把内容保存到 ${place}，请检查磁盘后再试。`,
    'hub-moved': ({ port }) =>
      `你主持的一个房间出现了意外错误，原来的端口又被其他程序占用，Lanyard 已在端口 ${port} 把它重新打开。请告诉按地址加入的人，其他人会自动找到它。`,
    'unknown-refusal': ({ sentence }) =>
      `房间拒绝了这个请求，原因是这个版本的 Lanyard 不认识的，请更新 Lanyard。房间的说明：“${sentence}”`,
    'database-unreadable': ({ folder }) =>
      `无法读取 ${folder} 里的消息。请检查谁可以读取这个文件夹，或用 --data-dir 换一个。`,
    'database-older': ({ folder }) =>
      `${folder} 里的消息由较旧版本的 Lanyard 保存。请用这个文件夹启动一次本版本，它会更新这些消息。`,
    'cannot-go-on': ({ what }) =>
      `出现了意外错误，Lanyard 必须退出。请重新启动；如果仍然如此，请报告：${what}。`,
    'command-unknown': ({ command, known }) => `没有 /${command} 这个命令。可用的命令：${known}。`,
    'slow-seconds': ({ most }) => `请在 /slow 后输入 0 到 ${most} 秒；0 表示结束慢速模式。`,
    'nobody-called': ({ name }) => `这里和记录里都没有叫 ${name} 的人。`,
    'room-unknown': ({ rooms }) => `没有以这个名称保存的房间。已有的房间：${rooms}。`,
    'room-unclear': ({ rooms }) => `请用 --room NAME 或 --room ID 指明房间。已有的房间：${rooms}。`,
    'passphrase-unreadable': ({ file, why }) =>
      `无法从 ${file} 读取口令（${why}），请检查 --passphrase-file。`,
    'input-unreadable': ({ why }) => `无法读取输入的内容（${why}），请检查它的来源。`,
    'output-failed': ({ why }) => `无法写出 Lanyard 的输出（${why}），请检查输出的去向后再试。`,
    'output-unwritable': ({ file, why }) =>
      `Lanyard 无法写入 ${file}（${why}），请用 --output 换一个文件。`,
    'electron-missing': ({ why }) => `${why} 请改用 --shell=browser。`,
    'electron-failed': ({ why }) =>
      `无法启动 Electron（${why}）。请重新安装，或改用 --shell=browser。`,
  },
};

const HOLDERS = {
  desktop: { who: 'Lanyard 桌面应用', advice: '请转到它的窗口（从这里无法显示）' },
  browser: { who: '浏览器里的 Lanyard ', advice: '请转到它的页面' },
  host: { who: '在终端里主持的房间', advice: '请先在那里关闭它' },
  chat: { who: '终端里的聊天', advice: '请先在那里离开' },
};

function holderOf(holder: keyof typeof HOLDERS | null): { who: string; advice: string } {
  return holder === null ? { who: '另一个 Lanyard ', advice: '请使用那一个' } : HOLDERS[holder];
}
