#!/usr/bin/env node
import { WebSocketServer } from 'ws';
import { Bonjour } from 'bonjour-service';
import * as v from 'valibot';
process.stdout.write(String(Boolean(WebSocketServer && Bonjour && v)));
