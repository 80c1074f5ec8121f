/**
 * Node's HTTP without the rest of it: an `import` reads every name that `node:http` has, and one of
 * them loads Node's own fetch, which is 30 ms of each start.
 */
export const { createServer: createHttpServer, request: httpRequest } =
  process.getBuiltinModule('node:http');
export const { createServer: createHttpsServer } = process.getBuiltinModule('node:https');
