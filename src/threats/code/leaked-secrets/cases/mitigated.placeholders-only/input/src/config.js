exports.password = process.env.DB_PASSWORD;
