import express from 'express';
import { notify } from './channels.js';
import { label } from './label.js';
import { notificationsOf, record } from './store.js';

const app = express();
app.use(express.json());

app.get('/healthz', (_request, response) => {
  response.send('ok');
});

app.get('/orders/:order/notifications', async (request, response) => {
  response.json(await notificationsOf(request.params.order));
});

app.get('/label', (request, response) => {
  response.type('image/svg+xml').send(label(String(request.query.code ?? '')));
});

app.post('/notifications', async (request, response) => {
  const { order, channel, message } = request.body;
  if (!(await notify(channel, { order, message }))) {
    response.status(404).json({ error: 'no such channel' });
    return;
  }
  await record(order, channel);
  response.status(202).end();
});

app.listen(Number(process.env.PORT ?? 8081));
