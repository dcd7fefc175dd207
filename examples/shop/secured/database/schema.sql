create table orders (
  id bigserial primary key,
  customer text not null,
  status text not null default 'open',
  note text not null default '',
  total numeric(12, 2) not null
);

create table notifications (
  id bigserial primary key,
  order_id bigint not null references orders (id),
  channel text not null,
  sent_at timestamptz not null
);
