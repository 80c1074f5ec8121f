import { contextBridge, ipcRenderer } from 'electron';
import type { IpcRendererEvent } from 'electron';
import { CHANNELS } from './channels.ts';
import type { Bridge, BridgeEvent } from './contract.ts';

const bridge: Bridge = {
  call: (name, args) => ipcRenderer.invoke(CHANNELS.call, name, args),
  subscribe(listener) {
    const receive = (_: IpcRendererEvent, event: BridgeEvent): void => listener(event);
    // Listening first, so that the snapshot finds a listener.
    ipcRenderer.on(CHANNELS.event, receive);
    ipcRenderer.send(CHANNELS.subscribe);
    return () => {
      ipcRenderer.off(CHANNELS.event, receive);
      ipcRenderer.send(CHANNELS.unsubscribe);
    };
  },
};

contextBridge.exposeInMainWorld('lanyard', bridge);
