"""Running Jianghu: the supervisor of worker processes and its command."""
