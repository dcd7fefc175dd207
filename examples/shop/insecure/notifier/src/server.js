import express from 'express';
import minimist from 'minimist';
import { notify } from './channels.js';
import { label } from './label.js';
import { notificationsOf, record } from './store.js';

const options = minimist(process.argv.slice(2), { default: { port: process.env.PORT ?? 8081 } });

const app = express();
app.use(express.json());

app.get('/healthz', (_request, response) => {
  response.send('ok');
});

app.get('/orders/:order/notifications', async (request, response) => {
  response.json(await notificationsOf(request.params.order));
});

app.get('/label', async (request, response) => {
  response.type('image/svg+xml').send(await label(request.query.code));
});

app.post('/notifications', async (request, response) => {
  const { order, url, message } = request.body;
  if (!(await notify(url, { order, ...message }))) {
    response.status(502).end();
    return;
  }
  await record(order, url);
  response.status(202).end();
});

app.listen(Number(options.port));
