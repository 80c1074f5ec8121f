/** A web site that has nothing to do with Lanyard, on a loopback port of its own. It prints where it is, and what it is asked for. */
import { createServer } from 'node:http';

const server = createServer((request, response) => {
  process.stdout.write(`asked for ${request.url}\n`);
  response.writeHead(200, { 'Content-Type': 'text/html', 'Access-Control-Allow-Origin': '*' });
  response.end('<!doctype html><title>Another site</title>');
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (address !== null && typeof address === 'object') {
    process.stdout.write(`http://127.0.0.1:${address.port}/\n`);
  }
});
