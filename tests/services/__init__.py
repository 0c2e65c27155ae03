"""The servers that tests stand on: private PostgreSQL and Redis, and Jianghu itself."""
