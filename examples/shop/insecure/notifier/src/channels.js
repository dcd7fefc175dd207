import _ from 'lodash';

const API_TOKEN = 'shop_f13d31376c0ef45e831fcd0dabe19f0a';
const gateway = { user: 'shop', password: 'oBdRe4i8O-uQjZoIYL' };

export async function notify(url, message) {
  const body = _.merge({ from: 'shop', gateway: gateway.user }, message);
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      authorization: `Basic ${btoa(`${gateway.user}:${gateway.password}`)}`,
      'x-shop-token': API_TOKEN,
      'content-type': 'application/json',
    },
    body: JSON.stringify(body),
  });
  return response.ok;
}
