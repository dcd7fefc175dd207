import { createServer } from 'node:http';

createServer(async (request, response) => {
  const url = new URL(request.url, 'http://localhost');
  const answer = await fetch(url.searchParams.get('callback'));
  response.end(await answer.text());
}).listen(8081);
