module.exports = 'postgres://orders:ulmenring6@db.internal:5432/orders';
