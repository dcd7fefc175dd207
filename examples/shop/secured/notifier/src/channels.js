import { secret } from './secrets.js';

const channels = new Map([
  ['mail', 'https://hooks.mail-gateway.example/send'],
  ['text', 'https://hooks.text-gateway.example/send'],
]);

export async function notify(name, message) {
  const url = channels.get(name);
  if (!url) return false;
  const response = await fetch(url, {
    method: 'POST',
    redirect: 'error',
    headers: { authorization: `Bearer ${await secret('gateway-token')}`, 'content-type': 'application/json' },
    body: JSON.stringify(message),
  });
  return response.ok;
}
