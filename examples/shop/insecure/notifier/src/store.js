import pg from 'pg';

const pool = new pg.Pool({
  host: process.env.DB_HOST ?? 'postgres',
  database: 'shop',
  user: process.env.DB_USER ?? 'notifier',
  password: process.env.DB_PASSWORD,
});

export async function notificationsOf(order) {
  const result = await pool.query(
    `select channel, sent_at from notifications where order_id = '${order}' order by sent_at`,
  );
  return result.rows;
}

export async function record(order, channel) {
  await pool.query('insert into notifications (order_id, channel, sent_at) values ($1, $2, now())', [
    order,
    channel,
  ]);
}
