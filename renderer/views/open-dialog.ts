import type { Dialog } from '../state.ts';
import type { Context } from './context.ts';
import { createClearDialog } from './clear-dialog.ts';
import { createForgetDialog } from './forget-dialog.ts';
import { createHostDialog } from './host-dialog.ts';
import { createJoinDialog } from './join-dialog.ts';
import { createLeaveDialog } from './leave-dialog.ts';
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
      return createJoinDialog(context, dialog.address);
    case 'rename':
      return createRenameDialog(context, dialog.key);
    case 'room':
      return createRoomDialog(context, dialog.key);
    case 'leave':
      return createLeaveDialog(context, dialog.key);
    case 'forget':
      return createForgetDialog(context, dialog.key);
    case 'clear':
      return createClearDialog(context, dialog.key);
  }
}
