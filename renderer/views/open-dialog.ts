import type { Dialog } from '../state.ts';
import type { Context } from './context.ts';
import { createAccessDialog } from './access-dialog.ts';
import { createActDialog } from './act-dialog.ts';
import { createBansDialog } from './bans-dialog.ts';
import { createClearDialog } from './clear-dialog.ts';
import { createForgetDialog } from './forget-dialog.ts';
import { createHostDialog } from './host-dialog.ts';
import { createInviteDialog } from './invite-dialog.ts';
import { createJoinDialog } from './join-dialog.ts';
import { createLeaveDialog } from './leave-dialog.ts';
import { createPassphraseDialog } from './passphrase-dialog.ts';
import { createMemberDialog } from './member-dialog.ts';
import { createRenameDialog } from './rename-dialog.ts';
import { createRoomDialog } from './room-dialog.ts';
import { createSettingsDialog } from './settings-dialog.ts';

/** Builds the dialog the state asks for. */
export function createDialog(context: Context, dialog: Dialog) {
  switch (dialog.kind) {
    case 'host':
      return createHostDialog(context);
    case 'settings':
      return createSettingsDialog(context);
    case 'join':
      return createJoinDialog(context, dialog.address, dialog.room);
    case 'passphrase':
      return createPassphraseDialog(context, dialog.wayIn);
    case 'rename':
      return createRenameDialog(context, dialog.key);
    case 'room':
      return createRoomDialog(context, dialog.key);
    case 'access':
      return createAccessDialog(context, dialog.key);
    case 'invite':
      return createInviteDialog(context, dialog.key);
    case 'leave':
      return createLeaveDialog(context, dialog.key);
    case 'forget':
      return createForgetDialog(context, dialog.key);
    case 'clear':
      return createClearDialog(context, dialog.key);
    case 'member':
      return createMemberDialog(context, dialog.key, dialog.id, dialog.name);
    case 'ban':
      return createActDialog(context, dialog.key, 'ban', dialog.id, {
        ...context.words.ban,
        title: context.words.ban.title(dialog.name),
      });
    case 'bans':
      return createBansDialog(context, dialog.key);
    case 'redact':
      return createActDialog(context, dialog.key, 'redact', dialog.id, context.words.redact);
  }
}
