class Db {
  static final String DB_PASSWORD = "eichenlaub1";
}
