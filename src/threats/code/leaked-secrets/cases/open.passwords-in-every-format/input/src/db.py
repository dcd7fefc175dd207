PASSWORD = "buchenhain3"
